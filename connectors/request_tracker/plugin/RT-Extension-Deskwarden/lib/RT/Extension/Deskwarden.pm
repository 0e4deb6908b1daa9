package RT::Extension::Deskwarden;

use strict;
use warnings;

our $VERSION = '1.2';

require RT::Queue;
require RT::System;

RT::Queue->AddRight( Admin => RedactContent => 'Redact stored content and its copies' );    # loc
RT::System->AddRight( Admin => AuditAccess => 'Read who has access: users, groups, tokens' ); # loc

1;

__END__

=head1 NAME

RT::Extension::Deskwarden - in-place redaction and access audit over REST 2

=head1 DESCRIPTION

RT can edit a ticket's subject and its custom fields, and it keeps the old values. This extension
adds what is needed to take card data out of the copies that RT keeps of a ticket. All paths are
below C</REST/2.0>.

=over 4

=item C<GET /redaction>

C<{"version", "RedactContent", "AuditAccess"}>: whether the extension is there and which of its
rights the caller has globally.

=item C<GET /redaction/copies/:ticket>

What RT has stored of a ticket and of tickets merged into it: subjects, transactions, attachments
(mails that were sent included), custom field values (old ones included), links to anything that is no
ticket; and of its people, present and former, the names, the mail address and what was noted of changes
of customers. An agent is listed only where the name holds as many digits as a card number.

Not in it: other fields of users, users of refused mails, saved searches, attributes of the ticket such
as the addresses that get no mail.

C<Textual> says whether a content reads as text, C<Numbers> whether one that does not has as many digits
in a row as a card number. C<ContentLength> is that of the stored content; of a file
in external storage it is not known, and 1 stands for it.

=item C<GET /redaction/deleted?after=ID&per_page=N&page=N>

C<{"items": [{"id", "Created"}, ...], "next_page"}>: deleted tickets that the caller may redact, by id, which
RT's own search leaves out. C<next_page> is there where there are more.

=item C<GET /redaction/attachment/:id>

C<{"Content": base64}>.

=item C<PUT /redaction/ticket|transaction|attachment|value|link|user/:id>

C<{"Subject": {"expect": base64, "value": base64}, ...}>. Each field is replaced when it still holds
C<expect>, byte for byte; otherwise nothing is written and the answer is 412. 400: not writable or malformed, 403: no
right, 404: no such record, 409: the content lies in external storage or would be truncated.

=item C<GET /redaction/access>

Who has access: privileged users, user-defined groups, queues and who may read them, auth tokens
(never the token itself).

=back

Each change writes one transaction of type Munge, without content, in the name of the caller. Of a user only
C<RealName> can be changed, and only of one without rights.

Rights: C<RedactContent> (globally or on a queue) for the content, C<AuditAccess> (global) for
C</redaction/access>.

=cut
