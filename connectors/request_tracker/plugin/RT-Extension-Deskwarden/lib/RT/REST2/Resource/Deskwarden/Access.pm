package RT::REST2::Resource::Deskwarden::Access;

# GET /redaction/access: who has access and how. RT has no other API for rights.

use strict;
use warnings;

use Moose;
use namespace::autoclean;
use JSON ();
use RT::REST2::Util qw(format_datetime);

extends 'RT::REST2::Resource::Deskwarden::Base';

sub dispatch_rules {
    Path::Dispatcher::Rule::Regex->new(
        regex => qr{^/redaction/access/?$},
        block => sub { {} },
    );
}

sub forbidden { !$_[0]->has_right('AuditAccess') }

sub facts {
    my $self = shift;
    return {
        users  => [ map { $self->user($_) } $self->privileged_users ],
        groups => [ map { $self->group($_) } $self->all('RT::Groups', sub { $_[0]->LimitToUserDefinedGroups } ) ],
        queues => [ map { $self->queue($_) } $self->all('RT::Queues') ],
        tokens => [ map { $self->token($_) } $self->all('RT::AuthTokens') ],
    };
}

sub all {
    my ( $self, $class, $limit ) = @_;
    my $found = $class->new( RT->SystemUser );
    $limit ? $limit->($found) : $found->UnLimit;
    return @{ $found->ItemsArrayRef };
}

sub privileged_users {
    my $self = shift;
    return $self->all( 'RT::Users', sub { $_[0]->FindAllRows; $_[0]->LimitToPrivileged } );
}

sub user {
    my ( $self, $user ) = @_;
    return {
        id       => $user->id + 0,
        Disabled => $user->Disabled ? JSON::true : JSON::false,
        SuperUser =>
            $user->HasRight( Right => 'SuperUser', Object => RT->System ) ? JSON::true : JSON::false,
        PasswordChanged => $self->password_changed($user),
        map { $_ => $user->__Value($_) } qw(Name RealName EmailAddress),
    };
}

# RT notes each change as a transaction; without one the password is as old as the user.
sub password_changed {
    my ( $self, $user ) = @_;
    return undef unless $user->HasPassword;
    my $changes = RT::Transactions->new( RT->SystemUser );
    $changes->Limit( FIELD => 'ObjectType', VALUE => 'RT::User' );
    $changes->Limit( FIELD => 'ObjectId',   VALUE => $user->id );
    $changes->Limit( FIELD => 'Field',      VALUE => 'Password' );
    $changes->OrderBy( FIELD => 'id', ORDER => 'DESC' );
    my $last = $changes->First // $user;
    return format_datetime( $last->__Value('Created') );
}

sub group {
    my ( $self, $group ) = @_;
    return {
        id      => $group->id + 0,
        Name    => $group->__Value('Name'),
        Members => $self->ids( $group->UserMembersObj( Recursively => 1 ) ),
    };
}

sub queue {
    my ( $self, $queue ) = @_;
    my $readers = RT::Users->new( RT->SystemUser );
    $readers->WhoHaveRight(
        Right               => 'ShowTicket',
        Object              => $queue,
        IncludeSystemRights => 1,
        IncludeSuperusers   => 1,
    );
    return {
        id      => $queue->id + 0,
        Name    => $queue->__Value('Name'),
        Readers => $self->ids($readers),
    };
}

sub ids {
    my ( $self, $users ) = @_;
    my %seen;
    while ( my $user = $users->Next ) { $seen{ $user->id + 0 } = 1 }
    return [ map { $_ + 0 } sort { $a <=> $b } keys %seen ];
}

sub token {
    my ( $self, $token ) = @_;
    my $can_expire = $token->_Accessible( Expires => 'read' );    # since RT 5.0.4
    my $expires = $can_expire ? $token->__Value('Expires') : undef;
    return {
        id          => $token->id + 0,
        Owner       => $token->__Value('Owner') + 0,
        Description => $token->__Value('Description'),
        LastUsed    => map( { $_ ? format_datetime($_) : undef } $token->__Value('LastUsed') ),
        Expires     => $expires ? format_datetime($expires) : undef,
        CanExpire   => $can_expire ? JSON::true : JSON::false,
    };
}

__PACKAGE__->meta->make_immutable;

1;
