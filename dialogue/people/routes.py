"""Doors of the room people: the map of its addresses."""

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from dialogue.people import (
    account_desk,
    app_desk,
    codes_desk,
    colleague_desk,
    entrance,
    links,
    passkey_desk,
    second_door,
    team_desk,
    town_desk,
    ways_desk,
)

Door = tuple[str, str, Callable[..., ResponseReturnValue]]

PAGES: list[Door] = [
    ("/welcome", "welcome", entrance.welcome),
    ("/sign-in", "sign_in", entrance.sign_in),
    ("/sign-in/second-step", "second_step", second_door.second_step),
    (f"{links.DOOR}<token>", "open_link", second_door.open_link),
    ("/join/<token>", "join", entrance.join),
    ("/desk/first-steps", "first_steps", entrance.first_steps),
    ("/desk/account", "account", account_desk.account),
    ("/desk/account/sign-in", "ways", ways_desk.overview),
    ("/desk/account/sign-in/app", "new_app", app_desk.new_app),
    ("/desk/account/sign-in/app/off", "stop_app", app_desk.stop_app),
    ("/desk/account/sign-in/codes", "codes", codes_desk.codes),
    ("/desk/account/sign-in/codes/text", "codes_text", codes_desk.codes_text),
    ("/desk/account/sign-in/codes/new", "new_codes", codes_desk.new_codes),
    ("/desk/account/sign-in/passkeys/new", "new_passkey", passkey_desk.new_passkey),
    ("/desk/account/sign-in/passkeys/<int:passkey_id>/remove", "remove_passkey", passkey_desk.remove_passkey),
    ("/desk/colleagues", "colleagues", colleague_desk.overview),
    ("/desk/colleagues/<int:person_id>", "colleague", colleague_desk.colleague),
    ("/desk/team", "team", team_desk.overview),
    ("/desk/team/departments/<int:department_id>", "department", town_desk.department),
    ("/desk/team/invite", "invite", team_desk.invite),
    ("/desk/team/invitations/<int:invitation_id>", "invitation", team_desk.invitation),
    ("/desk/team/people/<int:person_id>", "person", team_desk.person),
    ("/desk/team/municipality", "municipality", town_desk.municipality),
]
VERBS: list[Door] = [
    ("/sign-in", "sign_in_post", entrance.sign_in_post),
    ("/sign-in/second-step", "second_step_post", second_door.second_step_post),
    ("/sign-in/recovery-code", "recovery_post", second_door.recovery_post),
    ("/sign-in/passkey/begin", "passkey_begin", second_door.passkey_begin),
    ("/sign-in/passkey", "passkey_post", second_door.passkey_post),
    ("/sign-out", "sign_out", entrance.sign_out),
    ("/join/<token>", "join_post", entrance.join_post),
    ("/desk/account/details", "change_details", account_desk.change_details),
    ("/desk/account/password", "change_password", account_desk.change_password),
    ("/desk/account/deputy", "name_deputy", account_desk.name_deputy),
    ("/desk/account/deputy/end", "end_deputy", account_desk.end_deputy),
    ("/desk/account/sign-out-everywhere", "sign_out_everywhere", ways_desk.sign_out_everywhere),
    ("/desk/account/sign-in/app/start", "start_app", app_desk.start_app),
    ("/desk/account/sign-in/app", "confirm_app", app_desk.confirm_app),
    ("/desk/account/sign-in/app/off", "stop_app_post", app_desk.stop_app_post),
    ("/desk/account/sign-in/codes/new", "new_codes_post", codes_desk.new_codes_post),
    ("/desk/account/sign-in/codes/saved", "codes_saved", codes_desk.codes_saved),
    ("/desk/account/sign-in/passkeys/begin", "begin_passkey", passkey_desk.begin_passkey),
    ("/desk/account/sign-in/passkeys/new", "add_passkey", passkey_desk.add_passkey),
    ("/desk/account/sign-in/passkeys/<int:passkey_id>/remove", "remove_passkey_post", passkey_desk.remove_passkey_post),
    ("/desk/account/sign-in/devices", "remember_device", ways_desk.remember_device),
    ("/desk/account/sign-in/devices/<int:device_id>/forget", "forget_device", ways_desk.forget_device),
    ("/desk/colleagues/<int:person_id>/deputy", "name_colleague_deputy", colleague_desk.name_deputy),
    ("/desk/colleagues/<int:person_id>/deputy/end", "end_colleague_deputy", colleague_desk.end_deputy),
    ("/desk/team/departments", "add_department", town_desk.add_department),
    ("/desk/team/departments/<int:department_id>", "rename_department", town_desk.rename_department),
    ("/desk/team/invite", "invite_post", team_desk.invite_post),
    ("/desk/team/invitations/<int:invitation_id>/withdraw", "withdraw", team_desk.withdraw),
    ("/desk/team/people/<int:person_id>/roles", "give_role", team_desk.give_role),
    ("/desk/team/people/<int:person_id>/roles/<int:membership_id>/take", "take_role", team_desk.take_role),
    ("/desk/team/people/<int:person_id>/link", "new_link", team_desk.new_link),
    ("/desk/team/people/<int:person_id>/second-step/reset", "reset_second_step", team_desk.reset_second_step),
    ("/desk/team/people/<int:person_id>/disable", "disable", team_desk.disable),
    ("/desk/team/people/<int:person_id>/enable", "enable", team_desk.enable),
    ("/desk/team/municipality", "change_municipality", town_desk.change_municipality),
]

bp = Blueprint("people", __name__)
for method, doors in (("GET", PAGES), ("POST", VERBS)):
    for address, endpoint, view in doors:
        bp.add_url_rule(address, endpoint, view, methods=[method])
