"""Programs as data: a program is a list of forms; a form is a list, or a string that stands for an atom. Types of expressions, and scopes."""

import re

TOKEN = re.compile(r"""\s+|;[^\n]*|"(?:\\.|[^"\\])*"|\#\\(?:x[0-9A-F]+|[a-z]+|.)|\#u8\(|\#\(|,@|[()'`,]|[^\s()'`,";]+""", re.X | re.S)
SHORT = {"'": "quote", "`": "quasiquote", ",": "unquote", ",@": "unquote-splicing"}
INT, RAT, FLO, NUM, BOOL, CHAR, STR, SYM, LIST, VEC, ALIST, BYTES, FUN, FUN2 = (
    "int", "rat", "flo", "num", "bool", "char", "str", "sym", "list", "vec", "alist", "bytes", "fun", "fun2")
PRINTED = [INT, RAT, FLO, NUM, BOOL, CHAR, STR, SYM, LIST, VEC, ALIST, BYTES]
# What keeps a value that a loop builds up of moderate size.
LIMITS = {INT: "clamp", RAT: "clamp-rational", FLO: "clamp-flonum", NUM: "clamp-number", LIST: "short", STR: "short-string"}
# Near the limits of fixnums of 61, 62 and 63 bits, of words and of two words.
EDGES = [2**59, 2**60, 2**61, 2**62, 2**63, 2**64, 2**128]
FLONUMS = ["0.5", "-2.75", "0.1", "1.25", "3.141592653589793", "1e10", "-1e-5", "123456.789", "1e21", "9007199254740993.0", "0.3333333333333333",
           "-7.0", "2.5", "3.5", "1152921504606846976.0", "1e22", "0.0"]
LETTERS = "abcxyzABZ019 -+."


def near_edge(r):
    """An exact integer near a limit."""
    n = r.choice(EDGES) + r.randint(-2, 2)
    return str(r.choice([n, -n]))


def text(form):
    """A form as Scheme text."""
    if isinstance(form, str):
        return form
    if len(form) > 0 and form[0] in ("#(", "#u8("):
        return form[0] + " ".join(map(text, form[1:])) + ")"
    return "(" + " ".join(map(text, form)) + ")"


def read(source):
    """The forms of a text."""
    stack, quotes = [[]], [[]]

    def add(form):
        while quotes[-1]:
            form = [quotes[-1].pop(), form]
        stack[-1].append(form)
    for match in TOKEN.finditer(source):
        token = match.group()
        if token.isspace() or token[0] == ";":
            continue
        if token in ("(", "#(", "#u8("):
            stack.append([] if token == "(" else [token])
            quotes.append([])
        elif token == ")":
            quotes.pop()
            add(stack.pop())
        elif token in SHORT:
            quotes[-1].append(SHORT[token])
        else:
            add(token)
    if len(stack) > 1:
        raise ValueError(f"a parenthesis is missing: {text(stack[1])[:80]}")
    return stack[0]


def mentions(form, names):
    """Whether an atom of the form is one of the names."""
    return form in names if isinstance(form, str) else any(mentions(part, names) for part in form)


class Scope:
    """Variables in scope by type; which may be assigned; whether effects are allowed; how many parameters of functions are around."""

    def __init__(self, names=None, mutable=(), effects=True, inside=False):
        self.names = names or {}
        self.mutable = tuple(mutable)
        self.effects = effects
        self.inside = inside

    def having(self, name, kind, mutable=False):
        names = {other: k for other, k in self.names.items() if other != name}
        names[name] = kind
        kept = tuple(m for m in self.mutable if m != name) + ((name,) if mutable else ())
        return Scope(names, kept, self.effects, self.inside)

    def pure(self):
        return Scope(self.names, self.mutable, False, self.inside)

    def function(self):
        """The body of a procedure that may be called as an operand."""
        return Scope(self.names, self.mutable, False, True)

    def of(self, kind):
        return [name for name, k in self.names.items() if k == kind]
