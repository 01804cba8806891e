"""Scenes: whole definitions with random parts, written as Scheme with holes in scenes.scm and own.scm.

`(scene NAME (with (HOLE-NAME HOLE) …) FORM …)`: in the forms, `$x` is what `with` bound it to, else a fresh name, the same throughout the scene;
`$@x` splices a bound list. A hole is a list that begins with `?`, or `?@` to splice what it answers:

    (? KIND (x KIND) …)     an expression without effects over global variables and those named; `KIND1` and `KIND3` are shallower and deeper
    (? one FORM …)          one of them              (? member $xs)           an element of a list
    (? number LOW HIGH)     an integer               (? edge)                 an integer near the fixnums' limits
    (? constant KIND)       a literal                (? flonum)               a flonum literal
    (? ints LOW HIGH N M)   from N to M integers     (? numbers LOW HIGH $xs) as many integers as a list has elements
    (? names COUNT)         that many names          (? some $xs)             the first few elements of a list
    (? sample N FORM …)     N of them
"""

from pathlib import Path

from forms import FLONUMS, near_edge, read

HERE = Path(__file__).resolve().parent


def load(name):
    return read((HERE / name).read_text())


def plain(x):
    """A form without `with`: (name, bindings, forms)."""
    bindings = x[2][1:] if len(x) > 2 and x[2] and x[2][0] == "with" else []
    return x[1], bindings, x[3:] if bindings else x[2:]


SCENES = [plain(x) for x in load("scenes.scm")]
OWN = [plain(x) for x in load("own.scm")]


def scene(g, scope):
    return Filling(g, scope).scene(g.r.choice(SCENES))


def own_scene(g, scope):
    return Filling(g, scope).scene(g.r.choice(OWN))


class Filling:
    """The holes of one scene, filled."""

    def __init__(self, g, scope):
        self.g, self.r, self.scope, self.bound = g, g.r, scope, {}

    def scene(self, scene):
        _, bindings, forms = scene
        for name, hole in bindings:
            self.bound[name] = self.fill(hole)
        return self.fill(forms)

    def fill(self, form):
        if isinstance(form, str):
            return self.variable(form[1:]) if form.startswith("$") else form
        if form[:1] == ["?"]:
            return self.hole(form[1], form[2:])
        filled = []
        for part in form:
            if isinstance(part, str) and part.startswith("$@"):
                filled += self.bound[part[2:]]
            elif part[:1] == ["?@"]:
                filled += self.hole(part[1], part[2:])
            else:
                filled.append(self.fill(part))
        return filled

    def variable(self, name):
        if name not in self.bound:
            self.bound[name] = self.g.fresh(name)
        return self.bound[name]

    def hole(self, kind, rest):
        if kind in HOLES:
            return HOLES[kind](self, *rest)
        depth = int(kind[-1]) if kind[-1].isdigit() else 2
        scope = self.scope.function()
        for name, of in self.fill(rest):
            scope = scope.having(name, of)
        return self.g.expr(kind.rstrip("0123456789"), depth, scope)

    def one(self, *forms):
        return self.fill(self.r.choice(forms))

    def member(self, forms):
        return self.r.choice(self.fill(forms))

    def number(self, low, high):
        return str(self.r.randint(int(low), int(high)))

    def edge(self):
        return near_edge(self.r)

    def constant(self, kind):
        return self.g.constant(kind, self.scope)

    def flonum(self):
        return self.r.choice(FLONUMS)

    def ints(self, low, high, least, most):
        return [self.number(low, high) for _ in range(self.r.randint(int(least), int(most)))]

    def numbers(self, low, high, like):
        return [self.number(low, high) for _ in self.fill(like)]

    def names(self, count):
        return [f"p{i}" for i in range(int(self.fill(count)))]

    def some(self, forms):
        forms = self.fill(forms)
        return forms[:self.r.randint(0, len(forms))]

    def sample(self, count, *forms):
        return [self.fill(form) for form in self.r.sample(forms, int(count))]


HOLES = {name: getattr(Filling, name)
         for name in ("one", "member", "number", "edge", "constant", "flonum", "ints", "numbers", "names", "some", "sample")}
