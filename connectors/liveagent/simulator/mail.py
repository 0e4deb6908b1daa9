"""Mail that the helpdesk would send. Nothing leaves the process: the outbox keeps it."""

from __future__ import annotations

from connectors.liveagent.simulator.records import Mail, Ticket
from connectors.liveagent.simulator.store import Store
from connectors.liveagent.simulator.switches import Switches


class Mailer:
    """Writes the outbox as the account's settings say."""

    def __init__(self, store: Store, switches: Switches) -> None:
        self._store = store
        self._switches = switches

    def to_customer(self, ticket: Ticket, text: str, cause: str, to: str = "") -> None:
        """A mail to the ticket's owner, or to another address outside."""
        owner = self._store.contacts.get(ticket.owner_id)
        address = to or (owner.email if owner else "")
        if address:
            self._put("customer", address, f"Re: {ticket.subject}", text, ticket, cause)

    def to_agents(self, ticket: Ticket, text: str) -> None:
        """The notification of a new customer message to the agents of the department."""
        how = self._switches.agent_mails
        if how == "off":
            return
        department = self._store.departments[ticket.department_id]
        subject = ticket.subject if how == "full" else f"New message in {ticket.code}"
        body = text if how == "full" else f"{ticket.code}: open the ticket to read it."
        for agent_id in department.agent_ids:
            agent = self._store.agents.get(agent_id)
            if agent and agent.status == "A":
                self._put("agent", agent.email, subject, body, ticket, "notification")

    def acknowledge(self, ticket: Ticket) -> None:
        """The automatic answer to a new ticket, where the account sends one."""
        if self._switches.auto_reply:
            self.to_customer(ticket, f"We have received {ticket.code}.", "auto reply")

    def resolved(self, ticket: Ticket) -> None:
        """What the account sends when a ticket is resolved."""
        if self._switches.status_change_mails:
            self.to_customer(ticket, f"{ticket.code} is resolved. How did we do?", "status change")

    def _put(
        self, audience: str, to: str, subject: str, body: str, ticket: Ticket, cause: str
    ) -> None:
        number = f"m{self._store.next_number('mail'):07d}"
        self._store.outbox.append(
            Mail(number, self._store.now(), audience, to, subject, body, ticket.id, cause)
        )
