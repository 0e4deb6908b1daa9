# rt-setup-database-5 --action insert --datafile rt_rows.pl: what REST 2 has no call for.
use strict;
use warnings;

our @Final = (
    sub {
        my $root = RT::CurrentUser->new;
        $root->LoadByName('root');
        my $ticket = RT::Ticket->new($root);
        $ticket->Load( $ENV{RT_TICKET} );
        my $role = RT::CustomRole->new( RT->SystemUser );
        $role->Load('Payer');
        if ( !$role->id ) {
            my ( $ok, $message ) = $role->Create( Name => 'Payer', MaxValues => 0 );
            die $message unless $ok;
            my $queue = RT::Queue->new( RT->SystemUser );
            $queue->Load('Support');
            $role->AddToObject( $queue->id );
        }
        my ( $ok, $message ) = $ticket->AddWatcher( Type => $role->GroupType, Email => $ENV{RT_PAYER} );
        die $message unless $ok;
        ( $ok, $message )
            = $ticket->Correspond( Content => 'see below', CcMessageTo => $ENV{RT_COPIED_ONCE} );
        die $message unless $ok;
        ( $ok, $message ) = $ticket->Reminders->Add( Subject => $ENV{RT_REMINDER}, Owner => $root->id );
        die $message unless $ok;
    }
);

1;
