package RT::REST2::Resource::Deskwarden::Deleted;

# GET /redaction/deleted?after=ID&per_page=N&page=N: deleted tickets by id. RT's own search leaves them out.

use strict;
use warnings;

use Moose;
use namespace::autoclean;
use JSON ();
use RT::REST2::Util qw(format_datetime);

extends 'RT::REST2::Resource::Deskwarden::Base';

my $MOST = 100;

sub dispatch_rules {
    Path::Dispatcher::Rule::Regex->new(
        regex => qr{^/redaction/deleted/?$},
        block => sub { {} },
    );
}

sub facts {
    my $self  = shift;
    my $after = $self->number('after') // 0;
    my $page  = $self->number('page') || 1;
    my $size  = $self->number('per_page') || $MOST;
    $size = $MOST if $size > $MOST;
    my $found = RT::Tickets->new( RT->SystemUser );
    $found->{'allow_deleted_search'} = 1;
    $found->FromSQL("id > $after AND Status = 'deleted' AND Type != 'x'");
    $found->OrderBy( FIELD => 'id' );
    $found->RowsPerPage( $size + 1 );
    $found->FirstRow( ( $page - 1 ) * $size + 1 );
    my @tickets;
    while ( my $ticket = $found->Next ) { push @tickets, $ticket }
    my $more = @tickets > $size;
    pop @tickets if $more;
    return {
        items => [
            map { { id => $_->id + 0, Created => format_datetime( $_->__Value('Created') ) } }
            grep { $self->has_right( RedactContent => $_ ) } @tickets
        ],
        $more ? ( next_page => $page + 1 ) : (),
    };
}

sub number {
    my ( $self, $name ) = @_;
    my $given = $self->request->param($name) // '';
    return $given =~ /\A[0-9]{1,15}\z/ ? $given + 0 : undef;
}

__PACKAGE__->meta->make_immutable;

1;
