"""Tickets and messages as API v3 writes them."""

from __future__ import annotations

from datetime import datetime

from connectors.liveagent.simulator.records import Group, HistoryEntry, Message, Ticket
from connectors.liveagent.simulator.wire import Row, Wire


class TicketWire(Wire):
    """The models of tickets."""

    def ticket(self, ticket: Ticket) -> Row:
        """`Ticket`."""
        owner = self._store.contacts.get(ticket.owner_id)
        return self._row(
            id=ticket.id,
            owner_contactid=ticket.owner_id,
            owner_email=owner.email if owner else None,
            owner_name=(owner.name if owner and owner.firstname else None),
            departmentid=ticket.department_id,
            agentid=ticket.agent_id or None,
            status=ticket.status,
            tags=list(ticket.tags),
            code=ticket.code,
            channel_type=ticket.channel,
            date_created=self._ticket_time(ticket.created),
            date_changed=self._ticket_time(ticket.changed),
            date_resolved=self._ticket_time(ticket.resolved),
            date_due=self._ticket_time(ticket.due),
            date_deleted=self._ticket_time(ticket.deleted),
            last_activity=self._ticket_time(ticket.last_activity),
            last_activity_public=self._ticket_time(ticket.last_public_activity),
            public_access_urlcode=ticket.url_code,
            subject=ticket.subject,
            custom_fields=custom_fields(ticket),
        )

    def ticket_information(self, ticket: Ticket, user_id: str) -> Row:
        """`TicketInformation`: the answer to POST /tickets, with its tags as one string."""
        return self._row(
            id=ticket.id,
            ownerid=user_id,
            owner_contactid=ticket.owner_id,
            departmentid=ticket.department_id,
            agentid=ticket.agent_id or None,
            status=ticket.status,
            tags=",".join(ticket.tags),
            code=ticket.code,
            channel_type=ticket.channel,
            date_created=self._ticket_time(ticket.created),
            public_access_urlcode=ticket.url_code,
            subject=ticket.subject,
            custom_fields=custom_fields(ticket),
        )

    def group(self, group: Group, *, with_quotes: bool) -> Row:
        """`MessageGroup` with its messages."""
        return self._row(
            id=group.id,
            parent_id="",
            userid=group.user_id,
            user_full_name=group.user_name,
            type=group.type,
            status=group.status,
            datecreated=self._ticket_time(group.created),
            datefinished=self._ticket_time(group.finished),
            sort_order=group.sort_order,
            mail_msg_id=group.mail_id or None,
            messages=[self.message(m, with_quotes=with_quotes) for m in group.messages],
        )

    def message(self, message: Message, *, with_quotes: bool) -> Row:
        """`Message`; quoted text is empty unless it was asked for."""
        hidden = (
            message.type == "Q" and self._switches.quoted_hidden_without_flag and not with_quotes
        )
        return self._row(
            id=message.id,
            userid=message.user_id,
            type=message.type,
            datecreated=self._ticket_time(message.created),
            format=message.format,
            message="" if hidden else message.text,
            visibility=message.visibility,
        )

    def history(self, ticket: Ticket, entry: HistoryEntry) -> Row:
        """`TicketHistory`; elapsed_time is a string of seconds."""
        department = self._store.departments.get(entry.department_id)
        until = entry.until or self._store.now()
        return self._row(
            id=entry.id,
            conversation_id=ticket.id,
            conversation_code=ticket.code,
            department_id=entry.department_id,
            department_name=department.name if department else None,
            agent_id=entry.agent_id or None,
            status=entry.status,
            date_from=self._ticket_time(entry.since),
            date_to=self._ticket_time(entry.until),
            elapsed_time=str(int((until - entry.since).total_seconds())),
        )

    def ticket_row(self, ticket: Ticket) -> Row:
        """`TicketRow` of the grids: times are unix integers."""
        owner = self._store.contacts.get(ticket.owner_id)
        department = self._store.departments[ticket.department_id]
        agent = self._store.agents.get(ticket.agent_id)
        notes = [m.text for g in ticket.groups for m in g.messages if m.type == "N"]
        return self._row(
            conversationid=ticket.id,
            code=ticket.code,
            datecreated=_unix(ticket.created),
            datechanged=_unix(ticket.changed),
            dateresolved=_unix(ticket.resolved),
            statuschanged=_unix(ticket.history[-1].since),
            datedue=_unix(ticket.due),
            last_activity=_unix(ticket.last_activity),
            status=ticket.status,
            channel_type=ticket.channel,
            departmentid=department.id,
            departmentname=department.name,
            is_department_archived=False,
            agentid=agent.id if agent else None,
            agentname=agent.name if agent else None,
            preview=ticket.preview,
            subject=ticket.subject,
            tags=list(ticket.tags),
            tagnames=[self._store.tags[t].name for t in ticket.tags if t in self._store.tags],
            messagegroups_in=sum(1 for g in ticket.groups if g.inbound),
            messagegroups_out=sum(1 for g in ticket.groups if g.type == "4"),
            contactid=ticket.owner_id,
            firstname=owner.firstname if owner else None,
            lastname=owner.lastname if owner else None,
            emails=list(owner.emails) if owner else None,
            phones=owner.fields.get("phones") if owner else None,
            note=notes[-1] if notes else None,
        )

    def chat_row(self, ticket: Ticket) -> Row:
        """`ChatRow` of the grid: unlike in `TicketRow` its times are texts."""
        row, chat = self.ticket_row(ticket), self.chat(ticket)
        shared = ("conversationid", "status", "preview", "subject", "departmentname", "agentname")
        more = ("tags", "firstname", "lastname", "emails")
        return {name: row[name] for name in (*shared, *more) if name in row} | {
            "datechanged": self._ticket_time(ticket.changed),
            "system_name": chat["system_name"],
            "rstatus": chat["rstatus"],
            "statusdatestarted": chat["status_date_started"],
            "chat_order": _unix(ticket.created),
        }

    def chat(self, ticket: Ticket) -> Row:
        """`ChatInformation` of a running chat, with the two camel-case names of the wire."""
        owner = self._store.contacts[ticket.owner_id]
        started = self._ticket_time(ticket.created)
        return self._row(
            id=ticket.id,
            subject=ticket.subject,
            preview=ticket.preview,
            chat_order=started,
            date_created=started,
            status_date_started=started,
            tags=list(ticket.tags),
            rstatus="T",
            firstname=owner.firstname or None,
            lastname=owner.lastname or None,
            system_name=owner.name,
            departmentId=ticket.department_id,
            agentId=ticket.agent_id or None,
            status="T",
            emails=list(owner.emails),
        )


def custom_fields(ticket: Ticket) -> list[dict[str, str]]:
    """`CustomFields` of a ticket."""
    return [{"code": code, "value": value} for code, value in ticket.fields.items()]


def _unix(moment: datetime | None) -> int | None:
    return int(moment.timestamp()) if moment else None
