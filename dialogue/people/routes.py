"""Doors of the room people: the map of its addresses."""

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from dialogue.people import account_desk, entrance, team_desk, town_desk

Door = tuple[str, str, Callable[..., ResponseReturnValue]]

PAGES: list[Door] = [
    ("/welcome", "welcome", entrance.welcome),
    ("/sign-in", "sign_in", entrance.sign_in),
    ("/join/<token>", "join", entrance.join),
    ("/desk/first-steps", "first_steps", entrance.first_steps),
    ("/desk/account", "account", account_desk.account),
    ("/desk/team", "team", team_desk.overview),
    ("/desk/team/departments/<int:department_id>", "department", town_desk.department),
    ("/desk/team/invite", "invite", team_desk.invite),
    ("/desk/team/invitations/<int:invitation_id>", "invitation", team_desk.invitation),
    ("/desk/team/people/<int:person_id>", "person", team_desk.person),
    ("/desk/team/municipality", "municipality", town_desk.municipality),
]
VERBS: list[Door] = [
    ("/sign-in", "sign_in_post", entrance.sign_in_post),
    ("/sign-out", "sign_out", entrance.sign_out),
    ("/join/<token>", "join_post", entrance.join_post),
    ("/desk/account/details", "change_details", account_desk.change_details),
    ("/desk/account/password", "change_password", account_desk.change_password),
    ("/desk/account/deputy", "name_deputy", account_desk.name_deputy),
    ("/desk/account/deputy/end", "end_deputy", account_desk.end_deputy),
    ("/desk/account/sign-out-everywhere", "sign_out_everywhere", account_desk.sign_out_everywhere),
    ("/desk/team/departments", "add_department", town_desk.add_department),
    ("/desk/team/departments/<int:department_id>", "rename_department", town_desk.rename_department),
    ("/desk/team/invite", "invite_post", team_desk.invite_post),
    ("/desk/team/invitations/<int:invitation_id>/withdraw", "withdraw", team_desk.withdraw),
    ("/desk/team/people/<int:person_id>/roles", "give_role", team_desk.give_role),
    ("/desk/team/people/<int:person_id>/roles/<int:membership_id>/take", "take_role", team_desk.take_role),
    ("/desk/team/people/<int:person_id>/link", "new_link", team_desk.new_link),
    ("/desk/team/people/<int:person_id>/disable", "disable", team_desk.disable),
    ("/desk/team/people/<int:person_id>/enable", "enable", team_desk.enable),
    ("/desk/team/municipality", "change_municipality", town_desk.change_municipality),
]

bp = Blueprint("people", __name__)
for method, doors in (("GET", PAGES), ("POST", VERBS)):
    for address, endpoint, view in doors:
        bp.add_url_rule(address, endpoint, view, methods=[method])
