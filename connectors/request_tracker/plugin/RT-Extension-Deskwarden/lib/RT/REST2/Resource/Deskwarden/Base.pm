package RT::REST2::Resource::Deskwarden::Base;

# What the extension's resources share. RT finds them by Module::Pluggable below RT::REST2::Resource.

use strict;
use warnings;

use Moose;
use namespace::autoclean;
use JSON ();

extends 'RT::REST2::Resource';

sub charsets_provided      { ['utf-8'] }
sub default_charset        { 'utf-8' }
sub allowed_methods        { [ 'GET', 'HEAD' ] }
sub content_types_provided { [ { 'application/json' => 'to_json' } ] }

# Characters, not bytes: Web::Machine encodes them by the charset above.
sub to_json { JSON::to_json( $_[0]->facts ) }

sub has_right {
    my ( $self, $right, $object ) = @_;
    return $self->current_user->HasRight( Right => $right, Object => $object // RT->System ) ? 1 : 0;
}

__PACKAGE__->meta->make_immutable;

1;
