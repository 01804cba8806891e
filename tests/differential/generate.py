"""Random Scheme programs in the fully specified subset of R7RS.

A program is a list of forms; a form is a list, or a string that stands for an atom. What a program prints does not depend on the order in which
operands are evaluated: effects occur only in statements, in `let*` bindings and in branches, never in operands. It raises nothing that it does not
catch, ends, and its numbers stay of moderate size (`clamp`). Only data whose external representation every Scheme shares are printed.
"""

import random

import scenes
from forms import (ALIST, BOOL, BYTES, CHAR, FLO, FLONUMS, FUN, FUN2, INT, LETTERS, LIMITS, LIST, NUM, PRINTED, RAT, STR, SYM, VEC, Scope,
                   near_edge)


class Generator:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.count = 0

    def fresh(self, stem="v"):
        self.count += 1
        return f"{stem}{self.count}"

    def chance(self, n):
        return self.r.randrange(n) == 0

    # Expressions of a type ----------------------------------------------------------------------------------------

    def expr(self, kind, depth, scope):
        known = scope.of(kind)
        if depth <= 0 or self.chance(6):
            return self.r.choice(known) if known and not self.chance(3) else self.constant(kind, scope)
        if scope.effects and self.chance(3):
            return self.effectful(kind, depth, scope)
        if self.chance(4):
            return self.control(kind, depth, scope)
        return getattr(self, kind + "_expr")(depth - 1, scope.pure())

    def constant(self, kind, scope):
        r = self.r
        if kind == INT:
            return near_edge(r) if self.chance(10) else str(r.randint(-9, 30))
        if kind == RAT:
            return f"{r.randint(-20, 20)}/{r.randint(2, 9)}"
        if kind == FLO:
            return r.choice(FLONUMS)
        if kind == NUM:
            return self.constant(r.choice([INT, INT, RAT, FLO]), scope)
        if kind == BYTES:
            return ["bytevector"] + [str(r.choice([0, 1, 127, 128, 255, r.randrange(256)])) for _ in range(r.randrange(5))]
        if kind == BOOL:
            return r.choice(["#t", "#f"])
        if kind == CHAR:
            return "#\\" + r.choice("abcxyzABZ019")
        if kind == STR:
            return '"' + "".join(r.choice(LETTERS) for _ in range(r.randrange(6))) + '"'
        if kind == SYM:
            return ["quote", r.choice(["a", "b", "c", "foo", "bar"])]
        if kind == LIST:
            return ["list"] + [self.constant(INT, scope) for _ in range(r.randrange(5))]
        if kind == VEC:
            return ["vector"] + [self.constant(INT, scope) for _ in range(r.randrange(5))]
        if kind == ALIST:
            return ["list"] + [["cons", ["quote", s], self.constant(INT, scope)] for s in r.sample(["a", "b", "c", "foo"], r.randrange(4))]
        x, y = self.fresh("x"), self.fresh("y")
        body = scope.function().having(x, INT)
        if kind == FUN:
            return ["lambda", [x], ["clamp", self.expr(INT, 1, body)]]
        return ["lambda", [x, y], ["clamp", self.expr(INT, 1, body.having(y, INT))]]

    def int_expr(self, d, s):
        e, r = self.expr, self.r
        choices = [
            lambda: ["clamp", [r.choice(["+", "-", "*"]), e(INT, d, s), e(INT, d, s)]],
            lambda: ["clamp", [r.choice(["+", "*", "-"]), e(INT, d, s), e(INT, d, s), e(INT, d, s)]],
            lambda: ["by", r.choice(["quotient", "remainder", "modulo", "floor-quotient", "floor-remainder", "truncate-quotient",
                                     "truncate-remainder"]), e(INT, d, s), e(INT, d, s)],
            lambda: [r.choice(["gcd", "lcm"]), e(INT, 0, s), e(INT, 0, s)],
            lambda: [r.choice(["min", "max"]), e(INT, d, s), e(INT, d, s)],
            lambda: [r.choice(["abs", "-", "square"]), ["clamp", e(INT, d, s)]],
            lambda: ["clamp", ["expt", ["modulo", e(INT, d, s), "100"], str(r.randrange(9))]],
            lambda: ["call-with-values", ["lambda", [], ["exact-integer-sqrt", ["abs", e(INT, d, s)]]], r.choice(["+", "-"])],
            lambda: [r.choice(["numerator", "denominator", "floor", "ceiling", "round", "truncate"]), e(RAT, d, s)]
                    if not s.inside else ["floor", e(RAT, 0, s)],
            lambda: ["length", e(LIST, d, s)],
            lambda: ["vector-length", e(VEC, d, s)],
            lambda: ["string-length", e(STR, d, s)],
            lambda: ["char->integer", e(CHAR, d, s)],
            lambda: ["at-list", e(LIST, d, s), e(INT, 0, s)],
            lambda: ["at-vector", e(VEC, d, s), e(INT, 0, s)],
            lambda: ["apply", r.choice(["+", "max", "min", "-"]), e(INT, 0, s), e(LIST, d, s)],
            lambda: ["clamp", ["fold", r.choice(["+", "-", "*", self.expr(FUN2, d, s)]), e(INT, 0, s), e(LIST, d, s)]],
            lambda: [e(FUN, d, s), e(INT, d, s)],
            lambda: [e(FUN2, d, s), e(INT, d, s), e(INT, d, s)],
            lambda: ["string->number", ["digits", e(INT, d, s), "16"], "16"],
            lambda: ["let", [["p", ["assq", e(SYM, 0, s), e(ALIST, d, s)]]], ["if", "p", ["cdr", "p"], e(INT, 0, s)]],
            lambda: ["scaled", e(INT, d, s)],
            lambda: self.named_let(INT, d, s),
            lambda: ["exact", ["truncate", ["/", ["inexact", ["modulo", e(INT, d, s), "100000"]], "8.0"]]],
            lambda: ["whole", e(FLO, d, s)],
            lambda: ["exact", [r.choice(["floor", "round", "ceiling"]), ["clamp-flonum", ["/", e(FLO, d, s), "1e90"]]]],
            lambda: ["at-bytes", e(BYTES, d, s), e(INT, 0, s)],
            lambda: ["bytevector-length", e(BYTES, d, s)],
            lambda: ["let-values", [[["q", "r"], [r.choice(["floor/", "truncate/"]), e(INT, d, s), str(r.choice([-7, -3, 2, 5, 10]))]]],
                     r.choice(["q", "r", ["+", "q", "r"], ["-", "r", "q"]])],
            lambda: ["if", ["integer?", e(NUM, d, s)], e(INT, d, s), e(INT, 0, s)],
            lambda: [["lambda", "all", ["apply", "+", "all"]]] + [e(INT, 0, s) for _ in range(r.randrange(9))],
        ]
        return r.choice(choices)()

    def rat_expr(self, d, s):
        e, r = self.expr, self.r
        return r.choice([
            lambda: ["clamp-rational", [r.choice(["+", "-", "*"]), e(RAT, d, s), e(r.choice([RAT, INT]), d, s)]],
            lambda: ["divide", e(r.choice([RAT, INT]), d, s), e(r.choice([RAT, INT]), d, s)],
            lambda: [r.choice(["abs", "-", "round", "floor"]), e(RAT, d, s)],
            lambda: [r.choice(["min", "max"]), e(RAT, d, s), e(INT, d, s)],
            lambda: ["exact", ["/", ["inexact", ["modulo", e(INT, d, s), "1000"]], "8.0"]],
        ])()

    def flo_expr(self, d, s):
        e, r = self.expr, self.r
        return r.choice([
            lambda: ["clamp-flonum", [r.choice(["+", "-", "*"]), e(FLO, d, s), e(FLO, d, s)]],
            lambda: ["clamp-flonum", [r.choice(["+", "*", "-"]), e(FLO, d, s), e(FLO, d, s), e(FLO, d, s)]],
            lambda: ["divide-flonum", e(FLO, d, s), e(FLO, d, s)],
            lambda: ["clamp-flonum", [r.choice(["+", "-", "*"]), e(FLO, d, s), str(r.choice([-3, -1, 1, 2, 10, 1000]))]],
            lambda: ["sqrt", ["abs", e(FLO, d, s)]],
            lambda: [r.choice(["abs", "-", "floor", "round", "truncate", "ceiling"]), e(FLO, d, s)],
            lambda: [r.choice(["min", "max"]), e(FLO, d, s), e(r.choice([FLO, FLO, INT]), d, s)],
            lambda: ["inexact", e(r.choice([INT, RAT]), d, s)],
            lambda: ["string->number", ["number->string", e(FLO, d, s)]],
            lambda: ["inexact", e(NUM, d, s)],
            lambda: ["clamp-flonum", ["fold", r.choice(["+", "-"]), e(FLO, 0, s), ["map", "inexact", e(LIST, d, s)]]],
            lambda: ["clamp-flonum", ["apply", r.choice(["+", "max"]), e(FLO, d, s), ["map", "inexact", e(LIST, d, s)]]],
            lambda: ["clamp-flonum", ["square", ["clamp-flonum", e(FLO, d, s)]]],
            lambda: self.named_let(FLO, d, s),
        ])()

    def num_expr(self, d, s):
        """No product of a flonum and what may be an exact zero: that has two answers."""
        e, r = self.expr, self.r
        return r.choice([
            lambda: ["clamp-number", [r.choice(["+", "-"]), e(NUM, d, s), e(NUM, d, s)]],
            lambda: ["clamp-number", ["*", e(NUM, d, s), str(r.choice([-3, -1, 2, 7]))]],
            lambda: ["clamp-number", ["/", e(NUM, d, s), str(r.choice([-3, 2, 4, 7]))]],
            lambda: [r.choice(["abs", "-"]), e(NUM, d, s)],
            lambda: ["if", e(BOOL, d, s), e(r.choice([INT, RAT]), d, s), e(FLO, d, s)],
            lambda: e(r.choice([INT, RAT, FLO]), d, s),
            lambda: self.named_let(NUM, d, s),
        ])()

    def bytes_expr(self, d, s):
        e, r = self.expr, self.r
        return r.choice([
            lambda: ["bytevector"] + [["modulo", e(INT, d, s), "256"] for _ in range(r.randrange(4))],
            lambda: ["make-bytevector", ["modulo", e(INT, d, s), "7"], ["modulo", e(INT, d, s), "256"]],
            lambda: ["bytevector-append", e(BYTES, d - 1, s), e(BYTES, d - 1, s)],
            lambda: ["bytevector-copy", e(BYTES, d, s)],
            lambda: ["string->utf8", e(STR, d, s)],
        ])()

    def bool_expr(self, d, s):
        e, r = self.expr, self.r
        number = r.choice([INT, INT, RAT, FLO, NUM])
        return r.choice([
            lambda: [r.choice(["=", "<", ">", "<=", ">="]), e(number, d, s), e(INT, d, s)],
            lambda: ["<", e(INT, d, s), e(INT, d, s), e(INT, d, s)],
            lambda: [r.choice(["zero?", "positive?", "negative?"]), e(number, d, s)],
            lambda: [r.choice(["odd?", "even?"]), e(INT, d, s)],
            lambda: ["not", e(BOOL, d, s)],
            lambda: [r.choice(["and", "or"]), e(BOOL, d, s), e(BOOL, d, s)],
            lambda: [r.choice(["string=?", "string<?", "string>?"]), e(STR, d, s), e(STR, d, s)],
            lambda: [r.choice(["char=?", "char<?", "char>=?"]), e(CHAR, d, s), e(CHAR, d, s)],
            lambda: [r.choice(["null?", "pair?"]), e(LIST, d, s)],
            lambda: ["equal?", e(LIST, d, s), e(LIST, d, s)],
            lambda: ["equal?", e(VEC, d, s), e(VEC, d, s)],
            lambda: ["eqv?", e(INT, d, s), e(INT, d, s)],
            lambda: ["eq?", e(SYM, d, s), e(SYM, d, s)],
            lambda: ["if", ["memv", e(INT, d, s), e(LIST, d, s)], "#t", "#f"],
            lambda: [r.choice(["integer?", "rational?", "exact?", "inexact?", "exact-integer?"]), e(number, d, s)],
            lambda: ["string?", ["if", e(BOOL, d, s), e(STR, d, s), e(r.choice([INT, SYM, FLO]), d, s)]],
            lambda: ["equal?", e(BYTES, d, s), e(BYTES, d, s)],
            lambda: ["equal?", e(STR, d, s), e(STR, d, s)],
            lambda: ["boolean?", e(r.choice([BOOL, INT]), d, s)],
        ])()

    def char_expr(self, d, s):
        e = self.expr
        return self.r.choice([
            lambda: ["at-string", e(STR, d, s), e(INT, d, s)],
            lambda: [self.r.choice(["char-upcase", "char-downcase"]), e(CHAR, d, s)],
            lambda: ["integer->char", ["+", "97", ["modulo", e(INT, d, s), "26"]]],
        ])()

    def str_expr(self, d, s):
        e, r = self.expr, self.r
        return r.choice([
            lambda: ["short-string", ["string-append", e(STR, d, s), e(STR, d, s)]],
            lambda: ["part", e(STR, d, s), e(INT, 0, s), e(INT, 0, s)],
            lambda: ["digits", e(INT, d, s), r.choice(["2", "8", "10", "16"])],
            lambda: ["list->string", ["reverse", ["string->list", e(STR, d, s)]]],
            lambda: ["string-map", r.choice(["char-upcase", "char-downcase"]), e(STR, d, s)],
            lambda: ["symbol->string", e(SYM, d, s)],
            lambda: ["string", e(CHAR, d, s), e(CHAR, d, s)],
            lambda: ["make-string", ["modulo", e(INT, d, s), "9"], e(CHAR, d, s)],
            lambda: ["string-copy", e(STR, d, s)],
            lambda: ["number->string", e(RAT, d, s)],
            lambda: [r.choice(["string-upcase", "string-downcase"]), e(STR, d, s)],
            lambda: ["utf8->string", ["string->utf8", e(STR, d, s)]],
        ])()

    def sym_expr(self, d, s):
        e = self.expr
        return self.r.choice([
            lambda: ["if", e(BOOL, d, s), e(SYM, d, s), e(SYM, d, s)],
            lambda: ["string->symbol", ["symbol->string", e(SYM, d, s)]],
            lambda: ["case", ["modulo", e(INT, d, s), "5"], [["0", "1"], e(SYM, d, s)], [["2"], e(SYM, d, s)], ["else", e(SYM, d, s)]],
        ])()

    def list_expr(self, d, s):
        e, r = self.expr, self.r
        return r.choice([
            lambda: ["list"] + [e(INT, d, s) for _ in range(r.randrange(4))],
            lambda: ["cons", e(INT, d, s), ["short", e(LIST, d, s)]],
            lambda: ["map", e(FUN, d, s), ["short", e(LIST, d, s)]],
            lambda: ["map", e(FUN2, d, s), ["short", e(LIST, d, s)], e(LIST, d, s)],
            lambda: ["reverse", e(LIST, d, s)],
            lambda: ["short", ["append", e(LIST, d, s), e(LIST, d, s)]],
            lambda: ["vector->list", e(VEC, d, s)],
            lambda: ["keep-if", r.choice(["odd?", "even?", "positive?"]), e(LIST, d, s)],
            lambda: ["iota*", ["modulo", e(INT, d, s), "8"]],
            lambda: ["map", "char->integer", ["string->list", e(STR, d, s)]],
            lambda: ["let", [["l", e(LIST, d, s)]], ["list-tail", "l", ["modulo", e(INT, 0, s), ["+", "1", ["length", "l"]]]]],
            lambda: ["map", "cdr", e(ALIST, d, s)],
            lambda: ["call-with-values", ["lambda", [], ["values", e(INT, d, s), e(INT, d, s)]], "list"],
            lambda: ["apply", "list", e(INT, d, s), e(LIST, d, s)],
            lambda: ["quasiquote", [["unquote", e(INT, d, s)], "7", ["unquote-splicing", e(LIST, d, s)]]],
            lambda: ["list-copy", e(LIST, d, s)],
        ])()

    def vec_expr(self, d, s):
        e, r = self.expr, self.r
        return r.choice([
            lambda: ["list->vector", e(LIST, d, s)],
            lambda: ["vector"] + [e(INT, d, s) for _ in range(r.randrange(4))],
            lambda: ["vector-map", e(FUN, d, s), e(VEC, d, s)],
            lambda: ["vector-map", e(FUN2, d, s), e(VEC, d, s), e(VEC, d, s)],
            lambda: ["vector-append", e(VEC, 0, s), e(VEC, 0, s)],
            lambda: ["vector-copy", e(VEC, d, s)],
            lambda: ["make-vector", ["modulo", e(INT, d, s), "6"], e(INT, d, s)],
        ])()

    def alist_expr(self, d, s):
        e = self.expr
        return self.r.choice([
            lambda: ["cons", ["cons", e(SYM, d, s), e(INT, d, s)], e(ALIST, d, s)],
            lambda: ["map", ["lambda", ["p"], ["cons", ["car", "p"], [e(FUN, d, s), ["cdr", "p"]]]], e(ALIST, d, s)],
            lambda: ["reverse", e(ALIST, d, s)],
        ])()

    def fun_expr(self, d, s):
        x, y = self.fresh("x"), self.fresh("y")
        body = s.function()
        return self.r.choice([
            lambda: ["lambda", [x], ["clamp", self.expr(INT, d, body.having(x, INT))]],
            lambda: ["let", [[y, self.expr(INT, d, s)]], ["lambda", [x], ["clamp", self.expr(INT, d, body.having(x, INT).having(y, INT))]]],
            lambda: ["case-lambda", [[x], ["clamp", self.expr(INT, d, body.having(x, INT))]], [[x, y], self.constant(INT, s)]],
            lambda: ["lambda", [x, ".", y], ["+", ["clamp", self.expr(INT, d, body.having(x, INT))], ["length", y]]],
            lambda: ["if", self.expr(BOOL, d, s), self.expr(FUN, d, s), self.expr(FUN, d, s)],
            lambda: ["let", [["f", self.expr(FUN, d, s)], ["g", self.expr(FUN, d, s)]], ["lambda", [x], ["f", ["g", x]]]],
            lambda: ["let", [["f", self.expr(FUN2, d, s)], [y, self.expr(INT, d, s)]], ["lambda", [x], ["f", x, y]]],
        ])()

    def fun2_expr(self, d, s):
        x, y = self.fresh("x"), self.fresh("y")
        body = s.function().having(x, INT).having(y, INT)
        return self.r.choice([
            lambda: ["lambda", [x, y], ["clamp", self.expr(INT, d, body)]],
            lambda: ["lambda", [x, y], ["clamp", [self.r.choice(["+", "-", "*"]), x, y]]],
            lambda: self.r.choice(["max", "min", "gcd"]),
        ])()

    # Control, of every type ---------------------------------------------------------------------------------------

    def control(self, kind, depth, scope):
        """Control that has no effects of its own, but passes on whether effects are allowed."""
        e, d, r = self.expr, depth - 1, self.r
        v, k = self.fresh(), self.fresh("k")
        other = r.choice(PRINTED)

        def escaping(inner):
            return ["call/cc", ["lambda", [k], inner]]
        return r.choice([
            lambda: ["if", e(BOOL, d, scope), e(kind, d, scope), e(kind, d, scope)],
            lambda: ["cond", [e(BOOL, d, scope), e(kind, d, scope)], [e(BOOL, d, scope), e(kind, d, scope)], ["else", e(kind, d, scope)]],
            lambda: ["cond", [["assv", e(INT, 0, scope.pure()), ["quote", [["1", "2"], ["3", "4"]]]], "=>",
                              ["lambda", ["p"], e(kind, d, scope)]], ["else", e(kind, d, scope)]],
            lambda: ["let*", [[v, e(other, d, scope)]], e(kind, d, scope.having(v, other))],
            lambda: ["let", [[v, e(other, d, scope.pure())]], e(kind, d, scope.having(v, other))],
            lambda: ["let-values", [[[v, "w"], ["values", e(other, d, scope.pure()), e(INT, 0, scope.pure())]]], e(kind, d, scope.having(v, other))],
            lambda: ["call-with-values", ["lambda", [], ["values", e(other, d, scope.pure()), "1"]],
                     ["lambda", [v, "w"], e(kind, d, scope.having(v, other))]],
            lambda: escaping(["if", e(BOOL, d, scope), [k, e(kind, d, scope.pure())], e(kind, d, scope)]),
            lambda: escaping(["begin", ["for-each", ["lambda", ["z"], ["if", [">", "z", e(INT, 0, scope.pure())], [k, e(kind, 0, scope.pure())], "#f"]],
                                        e(LIST, d, scope.pure())], e(kind, d, scope)]),
            lambda: ["guard", [v, ["#t", e(kind, d, scope)]], ["if", e(BOOL, d, scope), ["raise", ["quote", "oops"]], e(kind, d, scope)]],
            lambda: ["guard", [v, [["symbol?", v], e(kind, d, scope)], ["else", e(kind, d, scope)]],
                     ["vector-ref", ["vector", "1"], ["if", e(BOOL, d, scope), ["raise", e(INT, d, scope.pure())], ["raise", ["quote", "a"]]]]],
            lambda: ["let", [["p", ["make-parameter", e(INT, 0, scope.pure())]]], ["parameterize", [["p", e(INT, d, scope.pure())]],
                     ["let*", [[v, ["p"]]], e(kind, d, scope.having(v, INT))]]],
            lambda: ["force", ["delay", e(kind, d, scope.pure())]],
            lambda: self.named_let(kind, d, scope),
            lambda: ["letrec", [["even*", ["lambda", ["n"], ["if", ["<=", "n", "0"], e(kind, 0, scope.pure()), ["odd*", ["-", "n", "1"]]]]],
                                ["odd*", ["lambda", ["n"], ["if", ["<=", "n", "0"], e(kind, 0, scope.pure()), ["even*", ["-", "n", "1"]]]]]],
                     ["even*", ["modulo", e(INT, d, scope.pure()), "50"]]],
            lambda: ["let", [], ["define", v, e(other, d, scope.pure())], ["define", ["h", "n"], e(kind, d, scope.function().having(v, other).having("n", INT))],
                     ["h", e(INT, d, scope.pure())]],
        ])()

    def named_let(self, kind, d, scope):
        loop, i, acc = self.fresh("loop"), self.fresh("i"), self.fresh("acc")
        inner = scope.function().having(i, INT).having(acc, kind)
        step = self.expr(kind, min(d, 2), inner)
        if kind in LIMITS:
            step = [LIMITS[kind], step]
        start, limit = self.expr(kind, 0, scope.pure()), str(self.r.randint(1, 6))
        if self.chance(3):
            return ["do", [[i, "0", ["+", i, "1"]], [acc, start, step]], [["=", i, limit], acc]]
        return ["let", loop, [[i, limit], [acc, start]], ["if", ["=", i, "0"], acc, [loop, ["-", i, "1"], step]]]

    # Effects ------------------------------------------------------------------------------------------------------

    def effectful(self, kind, depth, scope):
        d = depth - 1
        v = self.fresh("m")
        other = self.r.choice([INT, FLO, NUM, LIST, STR])
        inside = scope.having(v, other, mutable=True)
        return self.r.choice([
            lambda: ["let*", [[v, self.expr(other, d, scope)]], self.statement(d, inside), self.statement(d, inside), self.expr(kind, d, inside)],
            lambda: ["begin", self.statement(d, scope), self.expr(kind, d, scope)],
            lambda: ["dynamic-wind", ["lambda", [], self.statement(1, scope)], ["lambda", [], self.expr(kind, d, scope)],
                     ["lambda", [], self.statement(1, scope)]],
            lambda: ["call/cc", ["lambda", ["k0"], ["dynamic-wind", ["lambda", [], self.note(scope)],
                     ["lambda", [], ["if", self.expr(BOOL, d, scope), ["k0", self.expr(kind, d, scope.pure())], self.expr(kind, d, scope)]],
                     ["lambda", [], self.note(scope)]]]],
            lambda: ["let*", [[v, self.expr(VEC, d, scope)], ["c", self.expr(INT, d, scope)]],
                     ["if", ["<", "0", ["vector-length", v]], ["vector-set!", v, ["modulo", "c", ["vector-length", v]], "c"], "#f"],
                     self.expr(kind, d, scope.having(v, VEC))],
            lambda: ["let*", [["again", "#f"], ["n", "0"], [v, ["call/cc", ["lambda", ["k1"], ["set!", "again", "k1"], self.expr(INT, d, scope.pure())]]]],
                     ["set!", "n", ["+", "n", "1"]], ["if", ["<", "n", "3"], ["again", ["+", v, "n"]], self.expr(kind, d, scope.having(v, INT))]],
        ])()

    def note(self, scope):
        return ["note", self.constant(SYM, scope)]

    def statement(self, d, scope):
        e = self.expr
        if scope.mutable and not self.chance(3):
            name = self.r.choice(scope.mutable)
            kind = scope.names[name]
            value = e(kind, d, scope)
            change = ["set!", name, [LIMITS[kind], value]]
            return self.r.choice([
                lambda: change,
                lambda: [self.r.choice(["when", "unless"]), e(BOOL, d, scope), change],
                lambda: ["for-each", ["lambda", ["z"], change], ["list", "1", "2", "3"]] if kind in (INT, FLO, NUM) else change,
            ])()
        return self.note(scope)

    # Programs -----------------------------------------------------------------------------------------------------

    def result(self, name, scope):
        return ["out", name, self.expr(self.r.choice(PRINTED), 4, scope)]

    def program(self, size):
        scope = Scope()
        forms = []
        for _ in range(3):
            kind = self.r.choice(PRINTED)
            name = self.fresh("g")
            forms.append(["define", name, self.expr(kind, 2, scope)])
            scope = scope.having(name, kind)
        for _ in range(3):
            f, n, a = self.fresh("f"), self.fresh("n"), self.fresh("a")
            body = scope.function().having(n, INT).having(a, INT)
            if self.chance(2):
                forms.append(["define", [f, n], ["clamp", self.expr(INT, 3, scope.function().having(n, INT))]])
                scope = scope.having(f, FUN)
            else:
                forms.append(["define", [f, n, a], ["let", "go", [[n, ["modulo", n, "5"]], [a, a]],
                              ["if", ["=", n, "0"], a, ["go", ["-", n, "1"], ["clamp", self.expr(INT, 2, body)]]]]])
                scope = scope.having(f, FUN2)
        for i in range(size):
            forms.append(self.result(str(i), scope))
            forms += scenes.scene(self, scope)
        forms.append(["out", ["quote", "notes"], "notes"])
        return forms

    def own(self, size):
        """Forms whose meaning R7RS leaves open but Kestrel does not: its tiers must agree on them."""
        forms = []
        for _ in range(size):
            forms += scenes.own_scene(self, Scope())
        return forms


def program(seed, size):
    """The forms of the program of this seed, which stand after `common.scm`; and those that are for Kestrel alone."""
    generator = Generator(seed)
    return generator.program(size), generator.own(size)
