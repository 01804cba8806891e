;; R7RS 6.4: pairs and lists
(import (scheme base) (scheme cxr))

; pair?, cons, car, cdr, set-car!, set-cdr!
(pair? '(a . b)) => #t
(pair? '(a b c)) => #t
(pair? '()) => #f
(pair? '#(a b)) => #f
(pair? "ab") => #f
(pair? 'a) => #f
(pair?) => error
(cons 'a '()) => (a)
(cons '(a) '(b c d)) => ((a) b c d)
(cons "a" '(b c)) => ("a" b c)
(cons 'a 3) => (a . 3)
(cons '(a b) 'c) => ((a b) . c)
(cons 1) => error
(cons 1 2 3) => error
(car '(a b c)) => a
(car '((a) b c d)) => (a)
(car '(1 . 2)) => 1
(car '()) => error
(car 5) => error
(car "a") => error
(car #(1)) => error
(cdr '((a) b c d)) => (b c d)
(cdr '(1 . 2)) => 2
(cdr '(1)) => ()
(cdr '()) => error
(cdr 'a) => error
(let ((x (list 1 2))) (set-car! x 3) x) => (3 2)
(let ((x (list 1 2))) (set-cdr! x 3) x) => (1 . 3)
(let ((x (list 1 2))) (set-car! (cdr x) 3) x) => (1 3)
(let ((x (cons 1 2))) (set-cdr! x x) (eq? x (cdr x))) => #t
(let* ((x (list 1 2)) (y x)) (set-car! y 'a) x) => (a 2)
(set-car! '() 1) => error
(set-cdr! 5 1) => error
(set-car! (list 1)) => error

; compositions
(caar '((1) 2)) => 1
(cadr '(1 2)) => 2
(cdar '((1 . 3) 2)) => 3
(cddr '(1 2 . 3)) => 3
(caaar '(((1) 2) 3)) => 1
(caadr '(1 (2) 3)) => 2
(cadar '((1 2) 3)) => 2
(caddr '(1 2 3)) => 3
(cdaar '(((1 . 2)) 3)) => 2
(cdadr '(1 (2 . 3))) => 3
(cddar '((1 2 . 3))) => 3
(cdddr '(1 2 3 . 4)) => 4
(caaaar '((((1))))) => 1
(caaadr '(1 ((2)))) => 2
(caadar '((1 (2)))) => 2
(caaddr '(1 2 (3))) => 3
(cadaar '(((1 2)))) => 2
(cadadr '(1 (2 3))) => 3
(caddar '((1 2 3))) => 3
(cadddr '(1 2 3 4)) => 4
(cdaaar '((((1 . 2))))) => 2
(cdaadr '(1 ((2 . 3)))) => 3
(cdadar '((1 (2 . 3)))) => 3
(cdaddr '(1 2 (3 . 4))) => 4
(cddaar '(((1 2 . 3)))) => 3
(cddadr '(1 (2 3 . 4))) => 4
(cdddar '((1 2 3 . 4))) => 4
(cddddr '(1 2 3 4 . 5)) => 5
(caar '(1)) => error
(cadr '(1)) => error
(cdar '(1)) => error
(cddr '(1)) => error
(caddr '(1 2)) => error
(cadddr '(1 2 3)) => error
(cddddr '(1 2 3)) => error
(caaaar '(((1)))) => error

; compositions by structure, and of what lacks the last pair
(caaar '((5))) => error
(caaar '(((v . 0) . 0) . 0)) => v
(caadr '(0 . (5))) => error
(caadr '(0 . ((v . 0) . 0))) => v
(cadar '((0 . 5))) => error
(cadar '((0 . (v . 0)) . 0)) => v
(caddr '(0 . (0 . 5))) => error
(caddr '(0 . (0 . (v . 0)))) => v
(cdaar '((5))) => error
(cdaar '(((0 . v) . 0) . 0)) => v
(cdadr '(0 . (5))) => error
(cdadr '(0 . ((0 . v) . 0))) => v
(cddar '((0 . 5))) => error
(cddar '((0 . (0 . v)) . 0)) => v
(cdddr '(0 . (0 . 5))) => error
(cdddr '(0 . (0 . (0 . v)))) => v
(caaaar '(((5)))) => error
(caaaar '((((v . 0) . 0) . 0) . 0)) => v
(caaadr '(0 . ((5)))) => error
(caaadr '(0 . (((v . 0) . 0) . 0))) => v
(caadar '((0 . (5)))) => error
(caadar '((0 . ((v . 0) . 0)) . 0)) => v
(caaddr '(0 . (0 . (5)))) => error
(caaddr '(0 . (0 . ((v . 0) . 0)))) => v
(cadaar '(((0 . 5)))) => error
(cadaar '(((0 . (v . 0)) . 0) . 0)) => v
(cadadr '(0 . ((0 . 5)))) => error
(cadadr '(0 . ((0 . (v . 0)) . 0))) => v
(caddar '((0 . (0 . 5)))) => error
(caddar '((0 . (0 . (v . 0))) . 0)) => v
(cadddr '(0 . (0 . (0 . 5)))) => error
(cadddr '(0 . (0 . (0 . (v . 0))))) => v
(cdaaar '(((5)))) => error
(cdaaar '((((0 . v) . 0) . 0) . 0)) => v
(cdaadr '(0 . ((5)))) => error
(cdaadr '(0 . (((0 . v) . 0) . 0))) => v
(cdadar '((0 . (5)))) => error
(cdadar '((0 . ((0 . v) . 0)) . 0)) => v
(cdaddr '(0 . (0 . (5)))) => error
(cdaddr '(0 . (0 . ((0 . v) . 0)))) => v
(cddaar '(((0 . 5)))) => error
(cddaar '(((0 . (0 . v)) . 0) . 0)) => v
(cddadr '(0 . ((0 . 5)))) => error
(cddadr '(0 . ((0 . (0 . v)) . 0))) => v
(cdddar '((0 . (0 . 5)))) => error
(cdddar '((0 . (0 . (0 . v))) . 0)) => v
(cddddr '(0 . (0 . (0 . 5)))) => error
(cddddr '(0 . (0 . (0 . (0 . v))))) => v

; null?, list?
(null? '()) => #t
(null? '(1)) => #f
(null? #f) => #f
(null? #()) => #f
(null? "") => #f
(null?) => error
(list? '(a b c)) => #t
(list? '()) => #t
(list? '(a . b)) => #f
(list? '(a b . c)) => #f
(list? 5) => #f
(list? #(1)) => #f
(let ((x (list 'a))) (set-cdr! x x) (list? x)) => #f
(let ((x (list 1 2 3))) (set-cdr! (cddr x) (cdr x)) (list? x)) => #f
(list? '((1 . 2))) => #t

; make-list, list
(make-list 2 3) => (3 3)
(make-list 0 3) => ()
(length (make-list 5)) => 5
(make-list 0) => ()
(let ((l (make-list 2 (list 1)))) (eq? (car l) (cadr l))) => #t
(make-list -1 0) => error
(make-list 'a) => error
(make-list 1.5) => error
(list 'a (+ 3 4) 'c) => (a 7 c)
(list) => ()
(list 1) => (1)
(let ((l (list 1 2))) (eq? l (apply list l))) => #f

; length
(length '(a b c)) => 3
(length '(a (b) (c d e))) => 3
(length '()) => 0
(length '(a . b)) => error
(length 5) => error
(length "abc") => error
(let ((x (list 1 2))) (set-cdr! (cdr x) x) (length x)) => error

; append
(append '(x) '(y)) => (x y)
(append '(a) '(b c d)) => (a b c d)
(append '(a (b)) '((c))) => (a (b) (c))
(append '(a b) '(c . d)) => (a b c . d)
(append '() 'a) => a
(append) => ()
(append '()) => ()
(append 5) => 5
(append '(1 2)) => (1 2)
(append '(1) '(2) '(3 4) '()) => (1 2 3 4)
(append '() '() '(1)) => (1)
(append '(1) 2) => (1 . 2)
(append '(1) '(2) 3) => (1 2 . 3)
(append '() '() 5) => 5
(let* ((a (list 1)) (b (list 2)) (c (append a b))) (list (eq? (cdr c) b) (eq? c a))) => (#t #f)
(let ((a (list 1))) (append a '(2)) a) => (1)
(append '(1 . 2) '(3)) => error
(append 1 '(2)) => error
(append '(1) 2 '(3)) => error

; reverse
(reverse '(a b c)) => (c b a)
(reverse '(a (b c) d (e (f)))) => ((e (f)) d (b c) a)
(reverse '()) => ()
(let ((x (list 1 2 3))) (reverse x) x) => (1 2 3)
(reverse '(1 . 2)) => error
(reverse 5) => error

; list-tail, list-ref, list-set!
(list-tail '(a b c d) 2) => (c d)
(list-tail '(a b c) 0) => (a b c)
(list-tail '(a b c) 3) => ()
(list-tail '() 0) => ()
(list-tail '(a . b) 1) => b
(list-tail 5 0) => 5
(let ((l (list 1 2 3))) (eq? (list-tail l 1) (cdr l))) => #t
(list-tail '(a b) 3) => error
(list-tail '(a b) -1) => error
(list-tail '(a b) 'x) => error
(list-ref '(a b c d) 2) => c
(list-ref '(a b c d) (exact (round 1.8))) => c
(list-ref '(a b . c) 1) => b
(list-ref '(a) 0) => a
(list-ref '(a b) 2) => error
(list-ref '() 0) => error
(list-ref '(a b) -1) => error
(list-ref '(a b) 1.0) => error
(list-ref '(a b . c) 2) => error
(let ((ls (list 'one 'two 'five!))) (list-set! ls 2 'three) ls) => (one two three)
(let ((ls (list 1 2 3))) (list-set! ls 0 'a) ls) => (a 2 3)
(let ((ls (cons 1 2))) (list-set! ls 0 'a) ls) => (a . 2)
(list-set! '(0 1 2) 1 "oops") => literal error
(list-set! (list 1) 1 2) => error
(list-set! (list 1) -1 2) => error

; memq, memv, member
(define (string-ci=?* x y) (equal? (string-map char-down x) (string-map char-down y)))
(define (char-down c) (if (char<=? #\A c #\Z) (integer->char (+ 32 (char->integer c))) c))
(memq 'c '(a b c d e)) => (c d e)
(memq 'a '(b c d)) => #f
(memq (list 'a) '(b (a) c)) => #f
(memq 'a '()) => #f
(memq 101 '()) => #f
(let ((x (list 1))) (eq? (car (memq x (list 0 x 2))) x)) => #t
(let ((l (list 1 2 3))) (eq? (memv 2 l) (cdr l))) => #t
(member (list 'a) '(b (a) c)) => ((a) c)
(member "B" '("a" "b" "c")) => #f
(member "b" '("a" "b" "c")) => ("b" "c")
(member "B" '("a" "b" "c") string-ci=?*) => ("b" "c")
(member 2.0 '(1 2 3) =) => (2 3)
(member 2.0 '(1 2 3)) => #f
(member 5 '(1 2 3) <) => #f
(member 2 '(1 2 3 4) <) => (3 4)
(member 1 '(a b) (lambda (x y) (eq? y 'b))) => (b)
(memv 101 '(100 101 102)) => (101 102)
(memv 1.5 '(1 1.5 2)) => (1.5 2)
(memv 100000000000000000000 '(1 100000000000000000000)) => (100000000000000000000)
(memv "a" (list "a" (string #\a))) => #f
(memv 1/2 '(0.5 1/2)) => (1/2)
(memq 'a 5) => error
(memv 'a '(b . c)) => error
(member 'a '(b . c)) => error
(memq 'b '(a b . c)) => (b . c)
(member 1 '(1 2) 5) => error
(memq 'a) => error

; assq, assv, assoc
(define e '((a 1) (b 2) (c 3)))
(assq 'a e) => (a 1)
(assq 'b e) => (b 2)
(assq 'd e) => #f
(assq (list 'a) '(((a)) ((b)) ((c)))) => #f
(assoc (list 'a) '(((a)) ((b)) ((c)))) => ((a))
(assoc 2.0 '((1 1) (2 4) (3 9)) =) => (2 4)
(assoc 2.0 '((1 1) (2 4) (3 9))) => #f
(assv 5 '((2 3) (5 7) (11 13))) => (5 7)
(assv 1/2 '((0.5 a) (1/2 b))) => (1/2 b)
(assq 'a '()) => #f
(assoc "b" '(("a" . 1) ("b" . 2))) => ("b" . 2)
(assoc 2 '((1 . a) (3 . b)) <) => (3 . b)
(let ((al (list (cons 'a 1)))) (eq? (assq 'a al) (car al))) => #t
(let ((al (list (cons 'a 1)))) (set-cdr! (assq 'a al) 2) al) => ((a . 2))
(assq 'a '((a . 1) . b)) => (a . 1)
(assq 'a 5) => error
(assv 'a '(5)) => error
(assoc 'a '((b . 1) . c)) => error
(assoc 'a '((a . 1)) 5) => error
(assq 'a) => error

; list-copy
(define a '(1 8 2 8))
(define b (list-copy a))
(begin (set-car! b 3) b) => (3 8 2 8)
a => (1 8 2 8)
(list-copy '()) => ()
(list-copy '(1 2 . 3)) => (1 2 . 3)
(list-copy 5) => 5
(let* ((x (list (list 1) 2)) (y (list-copy x))) (list (eq? x y) (eq? (car x) (car y)) (equal? x y))) => (#f #t #t)
(list-copy) => error

; deep and long
(let loop ((i 0) (l '())) (if (< i 100000) (loop (+ i 1) (cons i l)) (length (append l l)))) => 200000
(let loop ((i 0) (l '())) (if (< i 100000) (loop (+ i 1) (cons i l)) (car (reverse l)))) => 0

; circular lists: list? and length end, what needs a list refuses them, what need not walk them all does not
(define (ring . elements)
  (let loop ((rest elements))
    (if (pair? (cdr rest)) (loop (cdr rest)) (set-cdr! rest elements)))
  elements)
(list? (ring 1)) => #f
(list? (cons 0 (ring 1 2))) => #f
(length (ring 1)) => error
(length (cons 0 (ring 1 2 3))) => error
(reverse (ring 1 2)) => error
(append (ring 1 2) '(3)) => error
(append '(0) (ring 1 2) '(3)) => error
(list-copy (ring 1 2)) => error
(let ((r (ring 1 2))) (eq? r (cdr (append '(0) r)))) => #t
(memq 'c (ring 'a 'b)) => error
(memv 9 (ring 1 2)) => error
(member "c" (ring "a" "b")) => error
(car (member "b" (ring "a" "b"))) => "b"
(assq 'c (ring '(a 1))) => error
(assoc 2.0 (ring '(1 one) '(2 two)) =) => (2 two)
(list-ref (ring 'a 'b 'c) 100) => b
(list-ref (ring 'a 'b 'c) 1000000000000000) => b
(car (list-tail (ring 'a 'b 'c) 1000000000000001)) => c
(let ((r (ring 1 2))) (list-set! r 1000000000000001 'x) (cadr r)) => x
(map + (ring 1 2) '(10 20 30)) => (11 22 31)
(let ((sum 0)) (for-each (lambda (a b) (set! sum (+ sum (* a b)))) (ring 1 2) '(10 20 30)) sum) => 80
(apply list (ring 1 2)) => error
(list->vector (ring 1 2)) => error

; custom predicates: the object comes first, the element second
(member 3 '(1 2 5) (lambda (x y) (< x y))) => (5)
(member 'x '(1 2) (lambda (x y) (and (eq? x 'x) (eqv? y 2)))) => (2)
(assoc 3 '((1 a) (4 b)) (lambda (x y) (< x y))) => (4 b)
(assoc "B" '(("a" . 1) ("b" . 2)) string-ci=?*) => ("b" . 2)
(member 1 '() (lambda (x y) (error "not called"))) => #f
(assoc 1 '() (lambda (x y) (error "not called"))) => #f
(member 1 '(0 1 2) (lambda (x y) (and (= x y) 'yes))) => (1 2)
(let ((calls 0)) (member 2 '(1 2 3 4) (lambda (x y) (set! calls (+ calls 1)) (= x y))) calls) => 2
(member 1 '(1 . 2) eqv?) => (1 . 2)
(member 3 '(1 . 2) eqv?) => error
(assoc 3 '((1 . 2) . 3) eqv?) => error
(assoc 3 '((1 . 2) 3) eqv?) => error
(member 1 5 eqv?) => error
(assoc 1 5 eqv?) => error
(member 1 '(1) eqv? 2) => error
(assoc 1 '() eqv? 2) => error
(memv 1.0 '(1 1.0)) => (1.0)
(memq '() '(a () b)) => (() b)
(assv #\b '((#\a . 1) (#\b . 2))) => (#\b . 2)
(assq 'b '((a . 1) (b . 2) (b . 3))) => (b . 2)

; ranges and kinds of indices
(list-tail '(1 2) 2.0) => error
(list-tail '(1 . 2) 2) => error
(list-tail '() 1) => error
(list-tail (list 1 2) (expt 10 30)) => error
(list-ref '(1 2) (expt 10 30)) => error
(list-ref 5 0) => error
(list-set! (list 1 2) 2 'x) => error
(list-set! (list 1 2) 1.0 'x) => error
(list-set! '() 0 'x) => error
(list-set! (list 1 2) (expt 10 30) 'x) => error
(let ((l (list 1 2 3))) (list-set! (cdr l) 1 'x) l) => (1 2 x)
(let ((l (cons 1 (cons 2 3)))) (list-set! l 1 'x) l) => (1 x . 3)
(make-list 3 'a) => (a a a)
(make-list (expt 10 30) 0) => error
(make-list 2 1 3) => error
(list-copy '(1 2 3) 4) => error
(let* ((a (list 1 2)) (b (cons 0 (cons 1 a))) (c (list-copy b))) (list (equal? b c) (eq? (cddr b) (cddr c)))) => (#t #f)
(list-copy '(1 (2 3) . 4)) => (1 (2 3) . 4)
(append '() '() '()) => ()
(append '(1) '()) => (1)
(append '(1 . 2)) => (1 . 2)
(append '() '(1 . 2)) => (1 . 2)
(append 1 2) => error
(reverse '(1 2) '(3)) => error
(length '(1 2) 3) => error
(length '()) => 0
(length #(1 2)) => error
(null? '(())) => #f
(list? '(() . ())) => #t
(cons '() '()) => (())
(set-cdr! (list 1)) => error
(set-car! 'a 1) => error
(set-car! '(1 2) 3) => literal error
(set-cdr! '(1 2) 3) => literal error
(apply car '((1 2))) => 1
(apply cons '(1 2)) => (1 . 2)
(apply + 1 2 '()) => 3
(apply +) => error
(apply + 1) => error
(apply + 1 '(2 . 3)) => error
