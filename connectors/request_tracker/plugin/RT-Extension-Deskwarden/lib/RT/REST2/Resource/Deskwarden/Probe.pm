package RT::REST2::Resource::Deskwarden::Probe;

# GET /redaction: is the extension there, and which of its rights has the caller?

use strict;
use warnings;

use Moose;
use namespace::autoclean;
use JSON ();

extends 'RT::REST2::Resource::Deskwarden::Base';

sub dispatch_rules {
    Path::Dispatcher::Rule::Regex->new(
        regex => qr{^/redaction/?$},
        block => sub { {} },
    );
}

sub facts {
    my $self = shift;
    return {
        version => $RT::Extension::Deskwarden::VERSION,
        map { $_ => $self->has_right($_) ? JSON::true : JSON::false } qw(RedactContent AuditAccess),
    };
}

__PACKAGE__->meta->make_immutable;

1;
