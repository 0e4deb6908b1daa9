package RT::Extension::Deskwarden::Record;

# The records that can be redacted, their writable fields, and reading and writing those as bytes.

use strict;
use warnings;

use Encode ();

# `text` columns hold characters; a `blob` column holds bytes under RT's own transfer encoding.
our %KINDS = (
    ticket      => { class => 'RT::Ticket', text => [qw(Subject)] },
    transaction => { class => 'RT::Transaction', text => [qw(OldValue NewValue Data)] },
    attachment  => {
        class => 'RT::Attachment',
        text  => [qw(Subject Headers Filename MessageId)],
        blob  => 'Content',
    },
    value => {
        class => 'RT::ObjectCustomFieldValue',
        text  => [qw(Content)],
        blob  => 'LargeContent',
    },
    # Its end that is no ticket of ours: a URL.
    link => { class => 'RT::Link', text => [qw(Base Target)] },
    # A customer's name as it stood in the mail; RT makes a user of every sender.
    user => { class => 'RT::User', text => [qw(RealName)] },
);

# Types that are texts by their name. What has another one is looked at: see is_text.
our $TEXTUAL = qr{^(?:(?:text|message)(?:/|$)|application/(?:json|xml|csv|xhtml\+xml)$|.*\+(?:json|xml)$)}i;
# What these hold cannot be read as it stands, even where every byte is a letter.
our $NO_TEXT = qr{^(?:image|audio|video|font)/|^application/(?:pdf$|(?:x-)?pkcs7-|pgp-)}i;
our $SEALED  = qr{\A\s*(?:%PDF|-----BEGIN (?:PGP MESSAGE|PKCS7|CMS))};

sub load {
    my ( $class, $kind, $id ) = @_;
    my $record = $KINDS{$kind}{class}->new( RT->SystemUser );
    # LoadById: Load of a merged ticket would follow it to the other one.
    $record->LoadById($id);
    return $class->of( $kind, $record );
}

sub of {
    my ( $class, $kind, $record ) = @_;
    return bless { kind => $kind, record => $record }, $class;
}

sub exists { $_[0]{record}->id ? 1 : 0 }

# The customer whose record this is, or undef: a user, or an entry of a user's history.
sub customer {
    my $self = shift;
    my $user = $self->_user or return undef;
    return _is_customer($user) ? $user : undef;
}

sub _user {
    my $self = shift;
    my $record = $self->{record};
    return $record if $self->{kind} eq 'user';
    return undef unless $self->{kind} eq 'transaction';
    return undef unless ( $record->__Value('ObjectType') // '' ) eq 'RT::User';
    my $user = RT::User->new( RT->SystemUser );
    $user->Load( $record->__Value('ObjectId') );
    return $user->id ? $user : undef;
}

# RT's own users (RT_System, Nobody) are not privileged and no customers either.
sub _is_customer {
    my $user = shift;
    return 0 if grep { $user->id == $_->id } RT->SystemUser, RT->Nobody;
    return !$user->Privileged;
}

sub is_blob { ( $KINDS{ $_[0]{kind} }{blob} // '' ) eq $_[1] }

sub is_writable {
    my ( $self, $field ) = @_;
    return 1 if $self->is_blob($field);
    return 0 if $self->{kind} eq 'link' && $self->{record}->__Value("Local$field");
    return grep { $_ eq $field } @{ $KINDS{ $self->{kind} }{text} };
}

sub is_external { ( $_[0]{record}->__Value('ContentEncoding') // '' ) eq 'external' }

# The ticket that this record belongs to, as the given user sees it; undef when there is none.
sub ticket {
    my ( $self, $user ) = @_;
    my $id = _ticket_id( $self->{record} ) or return undef;
    my $ticket = RT::Ticket->new($user);
    $ticket->LoadById($id);
    return $ticket->id ? $ticket : undef;
}

sub _ticket_id {
    my $record = shift;
    return $record->id if $record->isa('RT::Ticket');
    return undef if $record->isa('RT::User');
    return $record->__Value('LocalBase') || $record->__Value('LocalTarget') if $record->isa('RT::Link');
    return _ticket_id( $record->TransactionObj ) if $record->isa('RT::Attachment');
    my ( $type, $id ) = map { $record->__Value($_) // '' } qw(ObjectType ObjectId);
    return $id if $type eq 'RT::Ticket';
    return undef unless $type eq 'RT::Transaction';
    my $transaction = RT::Transaction->new( RT->SystemUser );
    $transaction->Load($id);
    return _ticket_id($transaction);
}

# A field as bytes: what RT stores, its transfer encoding undone, characters as UTF-8.
sub bytes {
    my ( $self, $field ) = @_;
    return $self->_blob_bytes($field) if $self->is_blob($field);
    my $value = $self->{record}->__Value($field);
    return '' unless defined $value;
    return utf8::is_utf8($value) ? Encode::encode( 'UTF-8', $value ) : $value;
}

# Not RT's own accessor: it decodes mails and texts by a character set that it guesses, and what
# does not fit becomes an escape in plain letters. Without a type RT undoes the encoding only.
sub _blob_bytes {
    my ( $self, $field ) = @_;
    my $record = $self->{record};
    my $stored = $record->__Value( $field, decode_utf8 => 0 );
    return '' unless defined $stored;
    return $record->_DecodeLOB( '', $record->__Value('ContentEncoding'), $stored ) // '';
}

sub is_textual { ( $_[0]{record}->__Value('ContentType') // '' ) =~ $TEXTUAL }

# Whether a content is read as text: by its type, by a character set that it declares, or because
# nothing in it says that it is none.
sub is_text {
    my ( $self, $bytes ) = @_;
    return 1 if $self->is_textual;
    return 0 if ( $self->{record}->__Value('ContentType') // '' ) =~ $NO_TEXT || $bytes =~ $SEALED;
    return 1 if $bytes =~ /\A(?:\xff\xfe|\xfe\xff)/;    # UTF-16
    return 1 if $self->{kind} eq 'attachment' && $self->_declares_wide_characters;
    return $bytes !~ /[\x00-\x08\x0e-\x1a\x1c-\x1f]/;
}

# Whether as many digits stand in a row as a card number has: then a file is worth a look at its
# plain bytes. Stars too: where a number was is looked at again.
sub shows_number { $_[1] =~ /[2-6*](?:[ -]?[0-9*]){12}/ }

sub _declares_wide_characters {
    my $self = shift;
    my $headers = $self->{record}->__Value('Headers') // '';
    return $headers =~ /^Content-Type:(?:[^\n]|\n[ \t])*;\s*charset="?utf-?(?:16|32)/im;
}

# A text field as characters; undef where RT has none.
sub text {
    my ( $self, $field ) = @_;
    return undef unless defined $self->{record}->__Value($field);
    return Encode::decode( 'UTF-8', $self->bytes($field) );
}

# Writes past RT's own setters: they would keep the old value in a new transaction.
# Returns true, or false when the content would not fit whole.
sub write {
    my ( $self, $field, $bytes ) = @_;
    return $self->_write_blob( $field, $bytes ) if $self->is_blob($field);
    my $text = Encode::decode( 'UTF-8', $bytes );
    utf8::upgrade($text);
    return $self->_set( $field, $text );
}

sub _write_blob {
    my ( $self, $field, $bytes ) = @_;
    my $record = $self->{record};
    my ( $encoding, $stored, undef, undef, $cut ) =
        $record->_EncodeLOB( $bytes, $record->ContentType );
    return 0 if $cut;
    return $self->_set( $field, $stored ) && $self->_set( ContentEncoding => $encoding );
}

sub _set {
    my ( $self, $field, $value ) = @_;
    my $old = $self->{record}->__Value($field);
    return 1 if defined $old && $old eq $value;
    my ( $ok, $message ) = $self->{record}->__Set( Field => $field, Value => $value );
    die "cannot write $field\n" unless $ok;    # never $message: it may quote the value
    return 1;
}

1;
