"""People, keys and settings as API v3 writes them."""

from __future__ import annotations

from collections.abc import Iterable

from connectors.liveagent.simulator.records import (
    Agent,
    Answer,
    ApiKey,
    Ban,
    Contact,
    Department,
    LogLine,
    Plugin,
    Tag,
)
from connectors.liveagent.simulator.vocabulary import SYSTEM_USER
from connectors.liveagent.simulator.wire import Row, Wire


class AccountWire(Wire):
    """The models of everything that is not a ticket."""

    def agent(self, agent: Agent) -> Row:
        """`Agent`."""
        return self._row(
            id=agent.id,
            name=agent.name,
            email=agent.email,
            role=agent.role,
            roleId=agent.role_id,
            avatar_url="",
            online_status=agent.online,
            status=agent.status,
            gender=agent.gender,
            last_pswd_change=self._store.stamp(agent.password_changed),
            twofactor_auth="Y" if agent.two_factor else "N",
            voice_status=agent.voice_status,
        )

    def agent_row(self, agent: Agent) -> Row:
        """`AgentRow` of the grid."""
        first, _, last = agent.name.partition(" ")
        departments = [d.id for d in self._store.departments.values() if agent.id in d.agent_ids]
        return self._row(
            agentid=agent.id,
            firstname=first,
            lastname=last or None,
            username=agent.email,
            avatar_url="",
            roleid=agent.role_id,
            departments_statuses=[self.agent_status(agent, d) for d in departments],
            twofa="Y" if agent.two_factor else "N",
            last_pswd_change=self._store.stamp(agent.password_changed),
            userstatus=agent.status,
        )

    def agent_status(self, agent: Agent, department_id: str) -> Row:
        """`AgentStatus`: what an agent takes in one department."""
        online = "T" if agent.online == "N" else "R"
        return self._row(
            departmentid=department_id,
            online_status=online,
            preset_status="RMT",
            work_allocation_allowed=agent.status == "A",
        )

    def department(self, department: Department) -> Row:
        """`Department`."""
        return self._row(
            department_id=department.id,
            agent_count=len(department.agent_ids),
            name=department.name,
            online_status="N",
            agent_ids=list(department.agent_ids),
            mailaccount_id=department.mail_account_id,
        )

    def contact(self, contact: Contact) -> Row:
        """`Contact`, and `ContactListItem` in lists."""
        given = {name: value for name, value in contact.fields.items() if value}
        known: Row = {
            "id": contact.id,
            "firstname": contact.firstname or None,
            "lastname": contact.lastname or None,
            "system_name": contact.name,
            "type": "V",
            "gender": "X",
            "date_created": self._store.stamp(contact.created),
            "date_changed": self._store.stamp(contact.changed),
            "emails": list(contact.emails),
        }
        return self._row(**(known | given))

    def tag(self, tag: Tag) -> Row:
        """`Tag`."""
        return self._row(
            id=tag.id,
            name=tag.name,
            color=tag.color,
            background_color=tag.background,
            is_public=tag.public,
            is_archived=tag.archived,
        )

    def api_key(self, key: ApiKey, *, privileges: bool = False) -> Row:
        """`ApiKey`, or `ApiKeyWithPrivileges`; a missing expiry is an empty string."""
        shown: Row = {
            "id": key.id,
            "key": key.key,
            "valid_to_date": self._store.stamp(key.valid_to) or "",
            "role": key.role,
            "name": key.name,
            "type": key.type,
            "installid": key.install_id,
            "userid": key.user_id,
            "whitelist": key.whitelist,
        }
        if privileges:
            shown["privileges"] = grouped_privileges(key.scopes)
        return shown

    def plugin(self, plugin: Plugin) -> Row:
        """`PluginRow`."""
        return self._row(
            code_name=plugin.code,
            name=plugin.name,
            description=plugin.description,
            active=plugin.active,
            help="",
            multiple=False,
            config_file="",
        )

    def log_line(self, line: LogLine) -> Row:
        """`EventLogRow`: every field is a string."""
        return self._row(
            id=line.id,
            logid=line.id,
            line="0",
            filename="",
            created=self._store.stamp(line.at),
            level=line.level,
            type="system",
            message=line.text,
            ip=line.ip,
            groupid="",
        )

    def canned(self, answer: Answer) -> Row:
        """`CannedMessage`."""
        return self._row(
            id=answer.id,
            userid=answer.user_id or None,
            departmentid=answer.department_id or None,
            messagetext=answer.text,
            keywords=answer.name,
        )

    def predefined(self, answer: Answer) -> Row:
        """`PredefinedAnswer`."""
        return self._row(
            id=answer.id,
            userid=answer.user_id or None,
            departmentid=answer.department_id or None,
            name=answer.name,
            subject=answer.subject or None,
            body=answer.text,
            format=answer.format,
        )

    def ban(self, ban: Ban) -> Row:
        """`Ban`."""
        return self._row(
            id=ban.id,
            date_created=self._store.stamp(ban.created),
            agent_id=ban.agent_id,
            start_ip=ban.start_ip,
            end_ip=ban.end_ip,
            date_valid=self._store.stamp(ban.valid),
            contact_id=ban.contact_id or None,
            conversation_id=ban.ticket_id or None,
            reason=ban.reason,
        )

    def ban_item(self, ban: Ban) -> Row:
        """`BanListItem`: a ban with the names of whom it concerns."""
        ticket = self._store.tickets.get(ban.ticket_id)
        names = self._row(
            agent_name=self._store.user_name(ban.agent_id),
            contact_name=self._store.user_name(ban.contact_id) if ban.contact_id else None,
            conversation_code=ticket.code if ticket else None,
        )
        return self.ban(ban) | names

    def user(self, user_id: str) -> Row | None:
        """`User` of GET /users: an agent, a customer or the system."""
        agent, contact = self._store.agents.get(user_id), self._store.contacts.get(user_id)
        if agent:
            return self._row(
                id=agent.id, name=agent.name, email=agent.email, role=agent.role, avatar_url=""
            )
        if contact:
            return self._row(
                id=contact.id,
                name=contact.name,
                email=contact.email,
                role="visitor",
                avatar_url="",
            )
        if user_id == SYSTEM_USER:
            return self._row(id=user_id, name="System", email="", role="system", avatar_url="")
        return None


def grouped_privileges(scopes: Iterable[str]) -> list[Row]:
    """`ApiPrivilege` rows: the privileges of each object."""
    grouped: dict[str, list[str]] = {}
    for scope in sorted(scopes):
        name, _, privilege = scope.partition(".")
        grouped.setdefault(name, []).append(privilege)
    return [{"object": name, "privileges": many} for name, many in grouped.items()]
