# Takes the webhook out again:
#   rt-setup-database-5 --action insert --datafile etc/remove_scrip.pl
use strict;
use warnings;

our @Final = (
    sub {
        my $scrips = RT::Scrips->new( RT->SystemUser );
        $scrips->FindAllRows;
        $scrips->Limit( FIELD => 'Description', VALUE => 'deskwarden webhook' );
        $_->Delete for @{ $scrips->ItemsArrayRef };
    }
);

1;
