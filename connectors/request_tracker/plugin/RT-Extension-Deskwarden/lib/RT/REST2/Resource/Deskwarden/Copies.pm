package RT::REST2::Resource::Deskwarden::Copies;

# GET /redaction/copies/:ticket: the copies that RT has stored of a ticket, in one answer.

use strict;
use warnings;

use Moose;
use namespace::autoclean;
use JSON ();
use MIME::Base64 ();
use RT::Extension::Deskwarden::Record;
use RT::REST2::Util qw(format_datetime);

extends 'RT::REST2::Resource::Deskwarden::Base';

# Contents beyond these come null: the caller asks for them one by one.
my $INLINE_ONE = 1024 * 1024;
my $INLINE_ALL = 8 * 1024 * 1024;
# Agents are told of only where a name could hold a card number.
my $DIGITS = 12;

sub dispatch_rules {
    Path::Dispatcher::Rule::Regex->new(
        regex => qr{^/redaction/copies/(\d+)/?$},
        block => sub {
            my $ticket = RT::Ticket->new( RT->SystemUser );
            $ticket->LoadById( $_[0]->pos(1) );
            return { ticket => $ticket };
        },
    );
}

has ticket => ( is => 'ro', isa => 'RT::Ticket', required => 1 );

sub resource_exists { $_[0]->ticket->id ? 1 : 0 }

sub forbidden {
    my $self = shift;
    return 0 unless $self->ticket->id;
    return !$self->has_right( RedactContent => $self->ticket );
}

sub facts {
    my $self = shift;
    my @ids          = ( $self->ticket->id, $self->merged );
    my @transactions = map { $self->transactions_of( 'RT::Ticket', $_ ) } @ids;
    my @people       = $self->people( \@ids, @transactions );
    my %agents       = map { $_->id => 1 } $self->agents_among(@people);
    my @customers    = grep { !$agents{ $_->id } } @people;
    return {
        tickets      => [ map { $self->subject_of($_) } @ids ],
        transactions => [ map { $self->transaction($_) } @transactions ],
        attachments  => [ $self->attachments( map { $_->id } @transactions ) ],
        values       => [
            map( { $self->values( 'RT::Ticket', $_ ) } @ids ),
            map( { $self->values( 'RT::Transaction', $_->id ) } @transactions ),
        ],
        links  => [ map { $self->links( $_, @ids ) } qw(Base Target) ],
        people => [ map { $self->person($_) } @customers ],
        agents => [
            grep { ( () = "@$_{qw(Name RealName)}" =~ /\d/g ) >= $DIGITS }
            map { $self->person($_) } grep { $agents{ $_->id } } @people
        ],
        people_transactions => [ map { $self->noted($_) } @customers ],
    };
}

# Not RT's own Merged: it answers from a cache of this process.
sub merged {
    my $self = shift;
    my $query = 'SELECT id FROM Tickets WHERE EffectiveId = ? AND id <> ? ORDER BY id';
    return @{ $RT::Handle->dbh->selectcol_arrayref( $query, {}, ( $self->ticket->id ) x 2 ) };
}

sub transactions_of {
    my ( $self, $type, $id ) = @_;
    my $found = RT::Transactions->new( RT->SystemUser );
    $found->Limit( FIELD => 'ObjectType', VALUE => $type );
    $found->Limit( FIELD => 'ObjectId', VALUE => $id );
    $found->OrderBy( FIELD => 'id' );
    return @{ $found->ItemsArrayRef };
}

sub subject_of {
    my ( $self, $id ) = @_;
    my $stored = RT::Extension::Deskwarden::Record->load( ticket => $id );
    return { id => $id + 0, Subject => $stored->text('Subject') };
}

# Whoever wrote in the ticket, has or had a role in it or got a copy of one mail, disabled users too;
# RT's own users are none.
sub people {
    my ( $self, $tickets, @transactions ) = @_;
    my %ids = map { $_ => 1 } $self->members(@$tickets), $self->copied_once(@transactions),
        map { $_->__Value('Creator'), $self->watchers_of($_) } @transactions;
    delete @ids{ map { $_->id } RT->SystemUser, RT->Nobody };
    return $self->users( sub { }, keys %ids );
}

# RT makes users of the one-time Cc and Bcc of a reply, and gives them no role.
sub copied_once {
    my ( $self, @transactions ) = @_;
    return unless @transactions;
    my $found = RT::Attachments->new( RT->SystemUser );
    $found->Limit( FIELD => 'TransactionId', OPERATOR => 'IN', VALUE => [ map { $_->id } @transactions ] );
    $found->Limit( FIELD => 'Headers', OPERATOR => 'LIKE', VALUE => 'RT-Send-', ENTRYAGGREGATOR => 'AND' );
    my %addresses;
    for my $attachment ( @{ $found->ItemsArrayRef } ) {
        for my $header ( grep { defined } map { $attachment->GetHeader("RT-Send-$_") } qw(Cc Bcc) ) {
            $addresses{ $_->address } = 1 for RT::EmailParser->ParseEmailAddress($header);
        }
    }
    return map { $self->id_of($_) } keys %addresses;
}

sub id_of {
    my ( $self, $address ) = @_;
    my $user = RT::User->new( RT->SystemUser );
    $user->LoadByEmail($address);
    return $user->id // ();
}

sub agents_among {
    my ( $self, @users ) = @_;
    return $self->users( sub { $_[0]->LimitToPrivileged }, map { $_->id } @users );
}

# The users of these ids, disabled ones too.
sub users {
    my ( $self, $narrow, @ids ) = @_;
    return unless @ids;
    my $found = RT::Users->new( RT->SystemUser );
    $found->FindAllRows;
    $found->Limit( FIELD => 'id', OPERATOR => 'IN', VALUE => \@ids );
    $narrow->($found);
    $found->OrderBy( FIELD => 'id' );
    return @{ $found->ItemsArrayRef };
}

# Of every role, custom ones too, and of the groups that hold one.
sub members {
    my ( $self, @tickets ) = @_;
    my $roles = RT::Groups->new( RT->SystemUser );
    $roles->FindAllRows;
    $roles->Limit( FIELD => 'Domain', VALUE => 'RT::Ticket-Role', CASESENSITIVE => 0 );
    $roles->Limit( FIELD => 'Instance', OPERATOR => 'IN', VALUE => \@tickets );
    my @roles = map { $_->id } @{ $roles->ItemsArrayRef } or return;
    my $members = RT::CachedGroupMembers->new( RT->SystemUser );
    $members->Limit( FIELD => 'GroupId', OPERATOR => 'IN', VALUE => \@roles );
    return map { $_->__Value('MemberId') } @{ $members->ItemsArrayRef };
}

sub watchers_of {
    my ( $self, $transaction ) = @_;
    return unless ( $transaction->__Value('Type') // '' ) =~ /Watcher$/;
    return grep { /^[0-9]+$/ } map { $transaction->__Value($_) // '' } qw(OldValue NewValue);
}

sub person {
    my ( $self, $user ) = @_;
    my $stored = RT::Extension::Deskwarden::Record->of( user => $user );
    return { id => $user->id + 0, map { $_ => $stored->text($_) // '' } qw(Name RealName EmailAddress) };
}

# What RT noted of a user's changes: old names among them.
sub noted {
    my ( $self, $user ) = @_;
    return grep { grep { length( $_ // '' ) } @$_{qw(OldValue NewValue Data)} }
        map { $self->transaction($_) } $self->transactions_of( 'RT::User', $user->id );
}

# Links whose other end is no ticket of ours.
sub links {
    my ( $self, $end, @tickets ) = @_;
    my $here  = $end eq 'Base' ? 'LocalTarget' : 'LocalBase';
    my $found = RT::Links->new( RT->SystemUser );
    $found->Limit( FIELD => $here, OPERATOR => 'IN', VALUE => \@tickets );
    $found->Limit( FIELD => "Local$end", VALUE => 0 );
    $found->OrderBy( FIELD => 'id' );
    return map { ( $self->row( link => $_, $end ) )[1] } @{ $found->ItemsArrayRef };
}

sub row {
    my ( $self, $kind, $record, @fields ) = @_;
    my $stored = RT::Extension::Deskwarden::Record->of( $kind, $record );
    my %row = (
        id      => $record->id + 0,
        Creator => $self->creator($record),
        Created => format_datetime( $record->__Value('Created') ),
        map { $_ => $stored->text($_) } @fields,
    );
    return ( $stored, \%row );
}

sub creator {
    my ( $self, $record ) = @_;
    my $user = $record->CreatorObj;
    return {
        id         => $user->id + 0,
        Name       => $user->Name,
        Privileged => $user->Privileged ? JSON::true : JSON::false,
    };
}

sub transaction {
    my ( $self, $transaction ) = @_;
    my ( undef, $row ) =
        $self->row( transaction => $transaction, qw(Type Field OldValue NewValue Data) );
    return $row;
}

sub attachments {
    my ( $self, @transactions ) = @_;
    return unless @transactions;
    my $found = RT::Attachments->new( RT->SystemUser );
    $found->Limit( FIELD => 'TransactionId', OPERATOR => 'IN', VALUE => \@transactions );
    $found->OrderBy( FIELD => 'id' );
    my $room = $INLINE_ALL;
    my @rows;
    while ( my $attachment = $found->Next ) {
        my ( $stored, $row ) =
            $self->row( attachment => $attachment, qw(ContentType Subject Filename Headers MessageId) );
        my $content = $self->content_of( $stored, $row );
        $row->{TransactionId} = $attachment->TransactionId + 0;
        $row->{Content}       = undef;
        my $size = $row->{ContentLength};
        if ( $row->{Textual} && $size <= $INLINE_ONE && $size <= $room ) {
            $room -= $size;
            $row->{Content} = MIME::Base64::encode_base64( $content, '' );
        }
        push @rows, $row;
    }
    return @rows;
}

# The length that RT tells comes from a header of the mail: it may be wrong, and it outlives the
# content. A file in external storage is not fetched only to be looked at.
sub content_of {
    my ( $self, $stored, $row ) = @_;
    my $fetch   = $stored->is_textual || !$stored->is_external;
    my $content = $fetch ? $stored->bytes('Content') : '';
    $row->{Textual}       = $fetch && $stored->is_text($content) ? JSON::true : JSON::false;
    $row->{Numbers}       = !$row->{Textual} && $stored->shows_number($content) ? JSON::true : JSON::false;
    $row->{ContentLength} = $fetch ? length $content : 1;
    return $content;
}

sub values {
    my ( $self, $type, $id ) = @_;
    my $found = RT::ObjectCustomFieldValues->new( RT->SystemUser );
    $found->{find_disabled_rows} = 1;    # RT keeps a replaced value as a disabled row
    $found->Limit( FIELD => 'ObjectType', VALUE => $type );
    $found->Limit( FIELD => 'ObjectId', VALUE => $id );
    return map { $self->value($_) } @{ $found->ItemsArrayRef };
}

sub value {
    my ( $self, $value ) = @_;
    my ( $stored, $row ) = $self->row( value => $value, qw(CustomField Content ContentType) );
    my $large = $stored->bytes('LargeContent');
    $row->{Disabled}     = $value->__Value('Disabled') ? JSON::true : JSON::false;
    $row->{Textual}      = $stored->is_text($large) ? JSON::true : JSON::false;
    $row->{LargeContent} = length $large ? MIME::Base64::encode_base64( $large, '' ) : undef;
    return $row;
}

__PACKAGE__->meta->make_immutable;

1;
