;; Hygiene torture for R7RS 4.3: scopes of introduced and given names, literals by binding, ellipses, macro-defining macros
(import (scheme base) (scheme case-lambda))

; names that a template introduces
(define-syntax my-or2 (syntax-rules () ((_ a b) (let ((t a)) (if t t b)))))
(let ((t 5)) (my-or2 #f t)) => 5
(let ((if list) (t 6)) (my-or2 #f t)) => 6
(let ((let #f)) (my-or2 let 'x)) => x
(let ((t 1)) (my-or2 #f (my-or2 #f (let ((t 2)) (my-or2 #f t))))) => 2
(let ((t 7)) (let-syntax ((get (syntax-rules () ((_) t)))) (my-or2 #f (get)))) => 7
(let ((t 8)) (let-syntax ((use (syntax-rules () ((_ e) (let ((t 9)) e))))) (use (my-or2 #f t)))) => 8
(let-syntax ((bind (syntax-rules () ((_ x e) (let ((x 1) (y 2)) e))))) (let ((y 10)) (bind z (list z y)))) => (1 10)
(let-syntax ((bind (syntax-rules () ((_ x e) (let ((x 1)) e))))) (bind x (bind y (list x y)))) => (1 1)
(let-syntax ((both (syntax-rules () ((_ a) (let ((a 1) (b 2)) (list a b)))))) (both b)) => (1 2)
(let-syntax ((two (syntax-rules () ((_ e) (let ((x 1)) (let-syntax ((m (syntax-rules () ((_ f) (let ((x 2)) (list x f)))))) (m (list x e))))))) (x 0)) 5) => syntax error
(let ((x 0)) (let-syntax ((two (syntax-rules () ((_ e) (let ((x 1)) (let-syntax ((m (syntax-rules () ((_ f) (let ((x 2)) (list x f)))))) (m (list x e)))))))) (two x))) => (2 (1 0))
(let-syntax ((lam (syntax-rules () ((_ (p ...) e) (lambda (x p ...) (list x e)))))) (let ((x 'outer)) ((lam (y) (list x y)) 1 2))) => (1 (outer 2))
(let-syntax ((lam (syntax-rules () ((_ p e) (lambda (x . p) (list x p e)))))) (let ((x 'outer)) ((lam rest x) 1 2 3))) => (1 (2 3) outer)
(let-syntax ((nl (syntax-rules () ((_ e) (let loop ((i 0)) (if (< i 3) (loop (+ i 1)) e)))))) (let ((i 'mine) (loop 'also)) (nl (list i loop)))) => (mine also)
(let-syntax ((d (syntax-rules () ((_ e) (do ((i 0 (+ i 1)) (l '() (cons e l))) ((= i 2) l)))))) (let ((i 'i)) (d i))) => (i i)
(let-syntax ((lv (syntax-rules () ((_ e) (let-values (((a b) (values 1 2))) (list a b e)))))) (let ((a 'a) (b 'b)) (lv (list a b)))) => (1 2 (a b))
(let-syntax ((g (syntax-rules () ((_ e) (guard (c (#t (list c e))) (raise 1)))))) (let ((c 'mine)) (g c))) => (1 mine)
(let-syntax ((cl (syntax-rules () ((_ e) (case-lambda ((a) (list a e)) ((a b) (list a b e))))))) (let ((a 'x) (b 'y)) (list ((cl (list a b)) 1) ((cl (list a b)) 1 2)))) => ((1 (x y)) (1 2 (x y)))
(let-syntax ((p (syntax-rules () ((_ e) (parameterize () (let ((x 1)) e)))))) (let ((x 2)) (p x))) => 2

; free names of a template mean what they mean at its definition
(let ((x 'def)) (let-syntax ((m (syntax-rules () ((_) x)))) (let ((x 'use)) (list x (m))))) => (use def)
(let ((+ -)) (let-syntax ((add (syntax-rules () ((_ a b) (+ a b))))) (let ((+ *)) (list (+ 5 3) (add 5 3))))) => (15 2)
(define-syntax first-of (syntax-rules () ((_ l) (car l))))
(let ((car cdr)) (first-of '(1 2))) => 1
(let () (define (car x) 'shadow) (list (first-of '(1 2)) (car 1))) => (1 shadow)
(define-syntax quoted (syntax-rules () ((_ x) 'x)))
(let ((quote list)) (quoted a)) => a
(define-syntax make-lambda (syntax-rules () ((_ x e) (lambda (x) e))))
(let ((lambda list)) ((make-lambda y (* y y)) 5)) => 25
(define-syntax quasi (syntax-rules () ((_ x) `(x ,x))))
(let ((quasiquote list) (unquote car)) (quasi 5)) => (5 5)
(let ((x 1)) (let-syntax ((inc! (syntax-rules () ((_) (set! x (+ x 1)))))) (let ((x 10)) (inc!) (set! x (+ x 1)) (inc!) (list x)) x)) => 3
(let ((begin list)) (let-syntax ((m (syntax-rules () ((_ a b) (begin a b))))) (m 1 2))) => (1 2)
(define-syntax when* (syntax-rules () ((_ c e ...) (if c (begin e ...) #f))))
(let ((begin list) (if list)) (when* #t 1 2)) => 2

; literals match by binding
(define-syntax is-else (syntax-rules (else) ((_ else) 'else) ((_ x) 'other)))
(is-else else) => else
(let ((else 1)) (is-else else)) => other
(let-syntax ((m (syntax-rules () ((_) (is-else else))))) (let ((else 1)) (m))) => else
(let-syntax ((m (syntax-rules () ((_ x) (let ((else 1)) (is-else x)))))) (m else)) => else
(let-syntax ((m (syntax-rules () ((_ else) (is-else else))))) (m 5)) => other
(let-syntax ((m (syntax-rules () ((_ else) (is-else else))))) (m else)) => else
(define-syntax is-foo (syntax-rules (foo) ((_ foo) 'foo) ((_ x) 'other)))
(is-foo foo) => foo
(let ((foo 1)) (is-foo foo)) => other
(let ((foo 1)) (let-syntax ((is (syntax-rules (foo) ((_ foo) 'same) ((_ x) 'other)))) (is foo))) => same
(let ((foo 1)) (let-syntax ((is (syntax-rules (foo) ((_ foo) 'same) ((_ x) 'other)))) (let ((foo 2)) (is foo)))) => other
(let ((=> 1)) (cond (#f 1) (#t => 2))) => 2
(let ((else #f)) (cond (#f 1) (else 2) (#t 3))) => 3
(let ((=> 5)) (procedure? (case 1 ((1) => list) (else 2)))) => #t
(let ((=> list)) (guard (e (#t => 'x)) (raise 1))) => x
(let ((else #f)) (guard (e (else 'no) (#t 'yes)) (raise 1))) => yes
(let-syntax ((my-cond (syntax-rules () ((_ c e) (cond (c => (lambda (x) x)) (else e)))))) (let ((=> 1) (else #f)) (list (my-cond 5 6) (my-cond #f 6)))) => (5 6)
(let-syntax ((pass (syntax-rules () ((_ kw) (cond (kw 'taken)))))) (pass else)) => taken
(let-syntax ((arrow (syntax-rules () ((_ kw) (cond (5 kw list)))))) (arrow =>)) => (5)
(let ((unquote 'u)) `(1 ,(+ 1 1))) => (1 ,(+ 1 1))
(let ((unquote-splicing 'u)) `(1 ,@(list 2))) => (1 ,@(list 2))
(let-syntax ((q (syntax-rules () ((_ x) (let ((unquote 1)) `(x)))))) (q ,(+ 1 2))) => (3)
(define-syntax both-literals (syntax-rules (a b) ((_ a b) 'ab) ((_ b a) 'ba) ((_ x y) 'xy)))
(list (both-literals a b) (both-literals b a) (both-literals a a)) => (ab ba xy)
(let-syntax ((alias (syntax-rules (define) ((_ define) 'yes) ((_ x) 'no)))) (list (alias define) (let ((define 1)) (alias define)))) => (yes no)

; underscores and ellipses
(define-syntax under (syntax-rules () ((_ _ _ c) 'c)))
(under 1 2 3) => 3
(let-syntax ((m (syntax-rules (_) ((m _ x) '(under x)) ((m y x) '(other x))))) (list (m _ 1) (m 2 1))) => ((under 1) (other 1))
(let-syntax ((m (syntax-rules () ((_ (_ ...) (x ...)) '(x ...))))) (m (1 2 3) (4 5))) => (4 5)
(let-syntax ((m (syntax-rules (...) ((_ x ...) '(x dots))))) (m 1 ...)) => (1 dots)
(let-syntax ((m (syntax-rules (...) ((_ ...) 'dots) ((_ . x) 'x)))) (list (m ...) (m 1 2))) => (dots (1 2))
(let-syntax ((m (syntax-rules ___ () ((_ x ___) '(x ___ ...))))) (m 1 2)) => (1 2 ...)
(let-syntax ((m (syntax-rules ___ (...) ((_ x ... y) '(x y))))) (m 1 ... 2)) => (1 2)
(let-syntax ((m (syntax-rules ... () ((_ x ...) '(x ...))))) (m 1 2)) => (1 2)
(let-syntax ((m (syntax-rules () ((_ ((a ...) ...) ...) '(a ... ... ...))))) (m ((1 2) (3)) () ((4)))) => (1 2 3 4)
(let-syntax ((m (syntax-rules () ((_ (a ...) (b ...)) '((a b) ...))))) (m (1 2) (3 4))) => ((1 3) (2 4))
(let-syntax ((m (syntax-rules () ((_ a ... . r) '((a ...) r))))) (list (m 1 2 . 3) (m . 3) (m 1) (m))) => (((1 2) 3) (() 3) ((1) ()) (() ()))
(let-syntax ((m (syntax-rules () ((_ a ... b c . r) '((a ...) b c r))))) (list (m 1 2 3 . 4) (m 1 2))) => (((1) 2 3 4) (() 1 2 ()))
(let-syntax ((m (syntax-rules () ((_ #(a ... b)) '((a ...) b))))) (list (m #(1 2 3)) (m #(1)))) => (((1 2) 3) (() 1))
(let-syntax ((m (syntax-rules () ((_ #((a ...) ...)) '#(#(a ...) ...))))) (m #((1 2) () (3)))) => #(#(1 2) #() #(3))
(let-syntax ((m (syntax-rules () ((_ x ...) '#(begin x ... end))))) (m 1 2)) => #(begin 1 2 end)
(let-syntax ((m (syntax-rules () ((_ x) '(... (x ...)))))) (m 1)) => (1 ...)
(let-syntax ((m (syntax-rules () ((_ x ...) '((x (... ...)) ...))))) (m 1 2)) => ((1 ...) (2 ...))
(let-syntax ((m (syntax-rules () ((_ (x . y) ...) '((y . x) ...))))) (m (1 2) (3 . 4))) => (((2) . 1) (4 . 3))
(let ((... 5)) (let-syntax ((m (syntax-rules () ((_ x) 'x)))) (m 1))) => 1

; macros that define macros
(define-syntax def-getter (syntax-rules () ((_ name value) (define-syntax name (syntax-rules () ((_) value))))))
(let ((x 3)) (def-getter get x) (let ((x 4)) (get))) => 3
(define-syntax def-list (syntax-rules () ((_ name) (define-syntax name (syntax-rules () ((_ x (... ...)) (list x (... ...))))))))
(let () (def-list lst) (lst 1 2 3)) => (1 2 3)
(define-syntax def-with-ellipsis (syntax-rules () ((_ name dots) (define-syntax name (syntax-rules dots () ((_ x dots) (list 'x dots)))))))
(let () (def-with-ellipsis lst etc) (lst a b)) => (a b)
(define-syntax def-kw (syntax-rules () ((_ name kw) (define-syntax name (syntax-rules (kw) ((_ kw) 'keyword) ((_ x) 'other))))))
(let () (def-kw k on) (list (k on) (k off))) => (keyword other)
(define-syntax def-many (syntax-rules () ((_ (name value) ...) (begin (define-syntax name (syntax-rules () ((_) value))) ...))))
(let () (def-many (one 1) (two 2)) (+ (one) (two))) => 3
(let-syntax ((m (syntax-rules () ((_ x) (let-syntax ((n (syntax-rules () ((_ y) (list x y))))) (n x)))))) (m 1)) => (1 1)
(let-syntax ((m (syntax-rules () ((_ x) (let-syntax ((n (syntax-rules () ((_ x) (list 'inner x))))) (n x)))))) (m 5)) => (inner 5)
(let ((n 'outer)) (let-syntax ((m (syntax-rules () ((_ body) (let-syntax ((n (syntax-rules () ((_) 'inner)))) body))))) (m n))) => outer
(let-syntax ((m (syntax-rules () ((_ n body) (let-syntax ((n (syntax-rules () ((_) 'inner)))) body))))) (m q (q))) => inner
(letrec-syntax ((down (syntax-rules () ((_ () e) e) ((_ (x . r) e) (let ((y x)) (down r (cons y e))))))) (let ((y 'end)) (down (1 2 3) y))) => (3 2 1 . end)
(letrec-syntax ((tmps (syntax-rules () ((_ () ((t v) ...) b) (let ((t v) ...) (b t ...))) ((_ (v . r) (p ...) b) (tmps r (p ... (tmp v)) b))))) (tmps (1 2 3) () list)) => (1 2 3)

; definitions from macros
(define-syntax def-x (syntax-rules () ((_ v) (define x v))))
(let () (def-x 5) (define x 6) x) => 6
(let ((x 'outer)) (let () (def-x 5) x)) => outer
(define-syntax def-name (syntax-rules () ((_ n v) (define n v))))
(let () (def-name x 7) x) => 7
(define-syntax def-both (syntax-rules () ((_ n) (begin (define tmp 1) (define (n) (set! tmp (+ tmp 1)) tmp)))))
(let () (def-both a) (def-both b) (a) (a) (list (a) (b))) => (4 2)
(def-both top-a)
(def-both top-b)
(begin (top-a) (top-a) (list (top-a) (top-b))) => (4 2)
(define-syntax def-record (syntax-rules () ((_ name make pred get) (define-record-type name (make v) pred (v get)))))
(let () (def-record a mk-a a? a-v) (def-record b mk-b b? b-v) (list (a-v (mk-a 1)) (b-v (mk-b 2)) (a? (mk-b 1)))) => (1 2 #f)
(define-syntax def-values* (syntax-rules () ((_ a b) (define-values (a tmp b) (values 1 2 3)))))
(let ((tmp 'mine)) (let () (def-values* p q) (list p q tmp))) => (1 3 mine)
(let () (define-syntax m (syntax-rules () ((_ f) (define (f) (g))))) (define (g) 'late) (m f) (f)) => late
(let () (define (f) (m 1)) (define-syntax m (syntax-rules () ((_ x) (list x 'after)))) (f)) => (1 after)
(let ((x 1)) (define-syntax m (syntax-rules () ((_) x))) (define x 2) (m)) => 2
(let () (define-syntax m (syntax-rules () ((_) (begin (define a 1) (list a))))) (m)) => (1)

; shadowing of keywords
(let ((if (lambda (a b c) (list 'fun a b c)))) (if 1 2 3)) => (fun 1 2 3)
(let ((define 5)) (+ define 1)) => 6
(let ((let 5) (lambda 6)) (+ let lambda)) => 11
(define-syntax kw (syntax-rules () ((_ x) 'macro)))
(let ((kw (lambda (x) 'variable))) (kw 1)) => variable
((lambda (kw) (kw 1)) (lambda (x) 'variable)) => variable
(let () (define (kw x) 'inner) (kw 1)) => inner
(let loop ((kw 5)) kw) => 5
(do ((kw 0 (+ kw 1))) ((= kw 3) kw)) => 3
(let-values (((kw) 1)) kw) => 1
(guard (kw (#t (list kw))) (raise 1)) => (1)
(let ((x (kw 1))) (let ((kw x)) kw)) => macro
(let-syntax ((kw (syntax-rules () ((_ x) 'inner)))) (list (kw 1) (let ((kw list)) (kw 1)))) => (inner (1))
(letrec ((kw (lambda (n) (if (= n 0) 'done (kw (- n 1)))))) (kw 3)) => done
(let ((begin list)) (begin 1 2)) => (1 2)
(let ((syntax-rules 1) (define-syntax 2)) (+ syntax-rules define-syntax)) => 3
(let ((quote -)) '5) => -5
(let ((quasiquote -)) `5) => -5
(let ((set! list)) (set! 1 2)) => (1 2)
(let ((cond list) (case vector)) (list (cond 1 2) (case 3))) => ((1 2) #(3))

; tests of identifiers by macros alone: literals, and keywords bound to tell them apart
(define-syntax symbol??
  (syntax-rules ()
    ((_ (x . y) yes no) no)
    ((_ #(x ...) yes no) no)
    ((_ maybe yes no)
     (let-syntax ((test (syntax-rules () ((_ maybe t f) t) ((_ x t f) f)))) (test abracadabra yes no)))))
(list (symbol?? a 1 2) (symbol?? 5 1 2) (symbol?? (a) 1 2) (symbol?? #(a) 1 2) (symbol?? "a" 1 2)) => (1 2 2 2 2)
(define-syntax same-name??
  (syntax-rules ()
    ((_ a b yes no) (let-syntax ((test (syntax-rules (a) ((_ a) yes) ((_ x) no)))) (test b)))))
(list (same-name?? a a 1 2) (same-name?? a b 1 2) (let ((a 5)) (same-name?? a a 1 2))) => (1 2 1)
(define-syntax same-binding??
  (syntax-rules ()
    ((_ id b yes no)
     (let-syntax ((id (syntax-rules () ((id) no))) (ok (syntax-rules () ((ok) yes))))
       (let-syntax ((test (syntax-rules () ((_ b) (id))))) (test ok))))))
(list (same-binding?? a a 1 2) (same-binding?? a b 1 2)) => (1 2)
(define-syntax jabberwocky
  (syntax-rules () ((_ hatter) (begin (define march-hare 42) (define-syntax hatter (syntax-rules () ((_) march-hare)))))))
(jabberwocky mad-hatter)
(let ((march-hare 1)) (mad-hatter)) => 42
(let () (jabberwocky mad) (define march-hare 2) (list march-hare (mad))) => (2 42)

; a machine of macros: arguments are expanded before what they are arguments of
(define-syntax ck
  (syntax-rules (quote)
    ((_ () 'v) v)
    ((_ (((op ...) e ...) . stack) 'v) (ck-argument stack (op ... 'v) e ...))
    ((_ stack (op e ...)) (ck-argument stack (op) e ...))))
(define-syntax ck-argument
  (syntax-rules (quote)
    ((_ stack (op v ...)) (op stack v ...))
    ((_ stack (op ...) 'v e ...) (ck-argument stack (op ... 'v) e ...))
    ((_ stack (op ...) e1 e ...) (ck (((op ...) e ...) . stack) e1))))
(define-syntax ck-append (syntax-rules (quote) ((_ stack '(a ...) '(b ...)) (ck stack '(a ... b ...)))))
(define-syntax ck-cons (syntax-rules (quote) ((_ stack 'a 'b) (ck stack '(a . b)))))
(define-syntax ck-quote (syntax-rules (quote) ((_ stack 'x) (ck stack ''x))))
(define-syntax ck-map
  (syntax-rules (quote)
    ((_ stack 'f '()) (ck stack '()))
    ((_ stack '(f ...) '(x . more)) (ck stack (ck-cons (f ... 'x) (ck-map '(f ...) 'more))))))
(ck () (ck-quote (ck-append '(1 2) (ck-map '(ck-cons '0) '(3 4))))) => (1 2 (0 . 3) (0 . 4))

; macros that define macros that define macros
(define-syntax level-1
  (syntax-rules ()
    ((_ level-2)
     (define-syntax level-2
       (syntax-rules ()
         ((_ level-3)
          (define-syntax level-3
            (syntax-rules () ((_ x (... (... ...))) (+ x (... (... ...))))))))))))
(let () (level-1 l2) (l2 l3) (l3 5 6)) => 11
(let-syntax ((a (syntax-rules () ((_ x) (let-syntax ((b (syntax-rules () ((_ y) (let-syntax ((c (syntax-rules () ((_ z) (list y z))))) (c 2)))))) (b x)))))) (a 1)) => (1 2)

; fields of records are identifiers
(define-syntax def-pair
  (syntax-rules ()
    ((_ name make pred () (field getter) ...) (define-record-type name (make field ...) pred (field getter) ...))
    ((_ name make pred (getter . more) done ...) (def-pair name make pred more done ... (field getter)))))
(def-pair two make-two two? (one other))
(let ((t (make-two 1 2))) (list (one t) (other t))) => (1 2)
