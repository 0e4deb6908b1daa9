package RT::REST2::Resource::Deskwarden::Record;

# GET and PUT /redaction/:kind/:id: one stored record. See RT::Extension::Deskwarden.

use strict;
use warnings;

use Moose;
use namespace::autoclean;
use DBIx::SearchBuilder::Record::Cachable;
use JSON ();
use MIME::Base64 ();
use RT::Extension::Deskwarden::Record;
use RT::REST2::Util qw(error_as_json);

extends 'RT::REST2::Resource::Deskwarden::Base';

sub dispatch_rules {
    my $kinds = join '|', sort keys %RT::Extension::Deskwarden::Record::KINDS;
    Path::Dispatcher::Rule::Regex->new(
        regex => qr{^/redaction/($kinds)/(\d+)/?$},
        block => sub {
            my ( $kind, $id ) = map { $_[0]->pos($_) } 1, 2;
            return { kind => $kind, id => $id };
        },
    );
}

has kind => ( is => 'ro', isa => 'Str', required => 1 );
has id   => ( is => 'ro', isa => 'Int', required => 1 );
has stored => (
    is      => 'ro',
    lazy    => 1,
    default => sub { RT::Extension::Deskwarden::Record->load( $_[0]->kind, $_[0]->id ) },
);

sub allowed_methods {
    my $self = shift;
    return $self->kind eq 'attachment' ? [qw(GET HEAD PUT)] : ['PUT'];
}

sub content_types_accepted { [ { 'application/json' => 'from_json' } ] }

sub resource_exists { $_[0]->stored->exists }

sub forbidden {
    my $self = shift;
    return 0 unless $self->stored->exists;
    return !$self->has_right('RedactContent') if $self->stored->customer;
    my $ticket = $self->stored->ticket( $self->current_user ) or return 1;
    return !$self->has_right( RedactContent => $ticket );
}

sub facts {
    my $self = shift;
    return { Content => MIME::Base64::encode_base64( $self->stored->bytes('Content'), '' ) };
}

sub from_json {
    my $self = shift;
    return $self->refuse( 404, 'no such record' ) unless $self->stored->exists;
    my $changes = $self->changes or return $self->refuse( 400, 'malformed or not writable' );
    my $status = eval { $self->apply( sub { $self->replace($changes) } ) };
    return $self->refuse( 500, 'nothing was written' ) unless $status;
    return $self->refuse( $status, 'nothing was written' ) if $status != 200;
    $self->response->content_type('application/json; charset=utf-8');
    $self->response->body( JSON::encode_json( { updated => [ sort keys %$changes ] } ) );
    return 1;
}

# { field => { expect => bytes, value => bytes } }, or nothing when the body is not of that form.
sub changes {
    my $self = shift;
    my $body = eval { JSON::decode_json( $self->request->content ) };
    return unless ref $body eq 'HASH' && %$body;
    my %changes;
    for my $field ( keys %$body ) {
        my $change = $body->{$field};
        return unless $self->stored->is_writable($field) && ref $change eq 'HASH';
        for my $part (qw(expect value)) {
            return unless defined $change->{$part} && !ref $change->{$part};
            $changes{$field}{$part} = MIME::Base64::decode_base64( $change->{$part} );
        }
    }
    return \%changes;
}

# Runs the change and its Munge transaction together: both are stored or neither.
sub apply {
    my ( $self, $change ) = @_;
    $RT::Handle->BeginTransaction;
    my $status = eval {
        my $status = $change->();
        if ( $status == 200 ) {
            my ($noted) = $self->noted_on->_NewTransaction( Type => 'Munge', ActivateScrips => 0 );
            die "not noted\n" unless $noted;
        }
        $status;
    };
    if ( $status && $status == 200 ) {
        $RT::Handle->Commit;
        return $status;
    }
    RT->Logger->error("redaction failed: $@") unless $status;
    $RT::Handle->Rollback;
    return $status;
}

# The ticket, or the customer, whose history names the change and who made it.
sub noted_on {
    my $self = shift;
    my $ticket = $self->stored->ticket( $self->current_user );
    return $ticket if $ticket;
    my $customer = RT::User->new( $self->current_user );
    $customer->Load( $self->stored->customer->id );
    return $customer;
}

sub replace {
    my ( $self, $changes ) = @_;
    # Loaded again inside the transaction, past the cache: what was loaded before may be stale.
    DBIx::SearchBuilder::Record::Cachable->FlushCache;
    my $stored = RT::Extension::Deskwarden::Record->load( $self->kind, $self->id );
    for my $field ( sort keys %$changes ) {
        return 409 if $stored->is_blob($field) && $stored->is_external;
        return 412 if $stored->bytes($field) ne $changes->{$field}{expect};
    }
    for my $field ( sort keys %$changes ) {
        return 409 unless $stored->write( $field, $changes->{$field}{value} );
    }
    return 200;
}

sub refuse {
    my ( $self, $status, $why ) = @_;
    return error_as_json( $self->response, \$status, $why );
}

__PACKAGE__->meta->make_immutable;

1;
