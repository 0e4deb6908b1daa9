# rt-setup-database-5 --action insert --datafile rt_seed.pl: a small call centre.
use strict;
use warnings;

our @Queues = (
    { Name => 'Support',    CorrespondAddress => 'support@rt.test', CommentAddress => 'notes@rt.test' },
    { Name => 'Billing',    CorrespondAddress => 'billing@rt.test', CommentAddress => 'bills@rt.test' },
    { Name => 'Compliance', Description => 'Findings, for few' },
);

our @Groups = map { { Name => $_, Domain => 'UserDefined' } } qw(Agents Temps Owners);

our @Users = (
    { Name => 'alice', EmailAddress => 'alice@rt.test', Password => 'alice-pass-1', Privileged => 1 },
    { Name => 'bob',   EmailAddress => 'bob@gmail.com', Password => 'bob-pass-123', Privileged => 1 },
    { Name => 'carol', EmailAddress => 'carol@rt.test', Password => 'carol-pass-1', Privileged => 1 },
    { Name => 'olga',  EmailAddress => 'olga@rt.test',  Password => 'olga-pass-12', Privileged => 1 },
    # Without an address RT cannot mail it.
    map { { Name => $_, Password => $ENV{RT_BOT_PASSWORD}, Privileged => 1 } } qw(deskwarden plain),
);

our @Members = (
    map( { { Group => $_->[0], GroupDomain => 'UserDefined', Class => 'RT::User', Name => $_->[1] } }
        [ Agents => 'alice' ], [ Agents => 'carol' ], [ Temps => 'bob' ], [ Owners => 'olga' ] ),
    { Group => 'Agents', GroupDomain => 'UserDefined', Class => 'RT::Group', Name => 'Temps' },
);

our @ACL = (
    map( { { GroupDomain => 'UserDefined', GroupId => 'Agents', Queue => 'Support', Right => $_ } }
        qw(SeeQueue ShowTicket ShowTicketComments ReplyToTicket CommentOnTicket ModifyTicket OwnTicket) ),
    { GroupDomain => 'UserDefined', GroupId => 'Owners', Right => 'SuperUser' },
    map( { { GroupDomain => 'SystemInternal', GroupType => 'Everyone', Right => $_ } }
        qw(CreateTicket ReplyToTicket) ),
    map( { { UserId => 'deskwarden', Right => $_ } }
        qw(SeeQueue ShowTicket ShowTicketComments ShowOutgoingEmail CreateTicket CommentOnTicket
           ModifyTicket SeeCustomField ModifyCustomField RedactContent AuditAccess) ),
    # As the connector's README says for an RT without the extension.
    map( { { UserId => 'plain', Right => $_ } }
        qw(SeeQueue ShowTicket ShowTicketComments ShowOutgoingEmail CreateTicket CommentOnTicket
           ModifyTicket SeeCustomField ModifyCustomField SeeGroup AdminUsers AdminGroupMembership) ),
);

our @CustomFields = (
    { Name => 'Order', Type => 'FreeformSingle', LookupType => 'RT::Queue-RT::Ticket' },
);

our @Final = (
    sub {
        my $user = RT::User->new( RT->SystemUser );
        $user->Load('deskwarden');
        my $token = RT::AuthToken->new( RT->SystemUser );
        my ( $id, undef, $secret ) = $token->Create( Owner => $user->Id, Description => 'deskwarden' );
        open my $file, '>', $ENV{RT_TOKEN_FILE} or die $!;
        print {$file} $secret;
        close $file;
        $user->Load('carol');
        $user->SetDisabled(1);
        my $field = RT::CustomField->new( RT->SystemUser );
        $field->LoadByName( Name => 'Order', LookupType => 'RT::Queue-RT::Ticket' );
        $field->AddToObject( RT::Queue->new( RT->SystemUser ) );
    }
);

1;
