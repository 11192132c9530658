"""The rules that a calendar file is held to, by number, and the colours that one may have."""

from __future__ import annotations

RULES = {
    1: "UTF-8 without a byte order mark",
    2: "CR LF after every line",
    3: "no line over 75 octets, none empty",
    4: "no fold within a character",
    5: "no control character, U+2028, U+2029",
    6: "texts are escaped once, lists are not",
    7: "one VCALENDAR with VERSION, PRODID and no other CALSCALE than GREGORIAN",
    8: "no METHOD but PUBLISH, no ORGANIZER, no ATTENDEE",
    9: "each event has each of its properties once",
    10: "the UID is printable ASCII, globally unique, and not made from the date",
    11: "no two events share a UID",
    13: "stamps are in UTC",
    15: "SEQUENCE counts",
    18: "the file says which plan it shows",
    19: "whole days are dates, and end the day after the last",
    20: "whole days are not written with times, nor marked as Outlook's",
    21: "times are in a zone with a bare IANA name, or in UTC",
    22: "one VTIMEZONE for each zone: rules, and right for the file's years and those around them",
    23: "no time that spring skips",
    24: "ends after it begins",
    25: "a series is one that all clients read",
    27: "at most one alarm, that displays something before the start",
    29: "TRANSP and Outlook's busy status agree",
    30: "the notice stands in the calendar, not in its events",
    31: "SUMMARY is one short line, DESCRIPTION plain text",
    32: "URL is absolute and as it is",
    33: "name, description and colour stand there for all clients alike",
    34: "how often to look for changes stands there for all clients alike",
    35: "at most 1,000,000 bytes",
    36: "events stand in order of start, then UID",
    37: "there is an event",
    38: "no links between events that clients do not follow",
}

_CSS = """
aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood
cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray
darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue
firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue
mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred
midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid
palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple red
rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray
slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow
yellowgreen
"""
COLOURS = frozenset(_CSS.split())
"""The colour names of CSS3, which COLOR must be one of (RFC 7986, 5.9)."""
