# The webhook: tells deskwarden which ticket to look at. Ids only, signed, after the commit.
#
#   DESKWARDEN_HOOK_URL=https://... DESKWARDEN_HOOK_SECRET=... \
#       rt-setup-database-5 --action insert --datafile etc/scrip.pl
#
# It replaces an earlier scrip of this name. To take it out: etc/remove_scrip.pl, or
# Admin > Global > Scrips. The same code can be pasted there by hand (see ../../README.md).
use strict;
use warnings;

my ( $url, $secret ) = map { $_ // '' } @ENV{qw(DESKWARDEN_HOOK_URL DESKWARDEN_HOOK_SECRET)};
die "DESKWARDEN_HOOK_URL must be a plain URL\n"           unless $url =~ m{^https?://[\w.:/~\[\]-]+$};
die "DESKWARDEN_HOOK_SECRET must be letters and digits\n" unless $secret =~ m{^[\w-]+$};

my $applicable = <<'CODE';
my @batch = @{ $self->TicketObj->TransactionBatch || [] };
return grep { $_->Type =~ /^(?:Create|Correspond|Comment|Set|CustomField|AddLink)$/ } @batch, $self->TransactionObj;
CODE

my $commit = <<'CODE';
my ( $url, $secret ) = ( 'HOOK_URL', 'HOOK_SECRET' );
eval {
    require LWP::UserAgent; require HTTP::Request; require JSON; require Digest::SHA;
    my $body = JSON->new->utf8->canonical->encode( {
        ticket      => $self->TicketObj->Id + 0,
        transaction => $self->TransactionObj->Id + 0,
    } );
    my $now = time;
    my $request = HTTP::Request->new( POST => $url, [
        'Content-Type'   => 'application/json',
        'X-RT-Timestamp' => $now,
        'X-RT-Signature' => 'sha256=' . Digest::SHA::hmac_sha256_hex( "$now.$body", $secret ),
    ], $body );
    my $answer = LWP::UserAgent->new( timeout => 3, max_redirect => 0 )->request($request);
    RT->Logger->warning( 'deskwarden webhook: ' . $answer->code ) unless $answer->is_success;
    1;
} or RT->Logger->warning('deskwarden webhook: not sent');
return 1;    # never fail the transaction: the poller finds what a lost webhook missed
CODE
$commit =~ s/HOOK_URL/$url/;
$commit =~ s/HOOK_SECRET/$secret/;

our @Initial = (
    sub {
        my $old = RT::Scrips->new( RT->SystemUser );
        $old->FindAllRows;
        $old->Limit( FIELD => 'Description', VALUE => 'deskwarden webhook' );
        $_->Delete for @{ $old->ItemsArrayRef };
    }
);

our @Scrips = (
    {   Description            => 'deskwarden webhook',
        Queue                  => 0,
        Stage                  => 'TransactionBatch',
        ScripCondition         => 'User Defined',
        CustomIsApplicableCode => $applicable,
        ScripAction            => 'User Defined',
        CustomPrepareCode      => 'return 1;',
        CustomCommitCode       => $commit,
        Template               => 'Blank',
    },
);

1;
