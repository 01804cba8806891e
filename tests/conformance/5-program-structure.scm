;; R7RS 5: programs, imports, define, define-syntax, define-record-type, internal definitions. Libraries: tests/run/libraries.
(import (scheme base) (scheme lazy))

; 5.2 import sets: also in tests/run/libraries
(import (only (scheme char) char-upcase) (rename (only (scheme cxr) caddr) (caddr third)) (prefix (only (scheme inexact) sqrt) math:))
(char-upcase #\a) => #\A
(third '(1 2 3)) => 3
(math:sqrt 16) => 4

; 5.3.1 top-level definitions
(define add3 (lambda (x) (+ x 3)))
(add3 3) => 6
(define first car)
(first '(1 2)) => 1
(define (curried a b) (lambda (c) (list a b c)))
((curried 1 2) 3) => (1 2 3)
(define (with-rest a . b) (list a b))
(with-rest 1 2 3) => (1 (2 3))
(with-rest 1) => (1 ())
(define (only-rest . all) all)
(only-rest) => ()
(only-rest 1 2) => (1 2)
(define later (lambda () defined-later))
(define defined-later 5)
(later) => 5
(define counter 0)
(begin (set! counter (+ counter 1)) counter) => 1
(define (uses-body) (define a 1) (define (b) (+ a 1)) (set! a 10) (b))
(uses-body) => 11
(define) => syntax error
(define x 1 2) => syntax error
(define 5 1) => syntax error
(define "x" 1) => syntax error
(define (f)) => syntax error
(define (f x x) x) => syntax error
(define (5 x) x) => syntax error
(if #t (define x 1)) => syntax error
(list (define x 1)) => syntax error
(let ((x (define y 1))) x) => syntax error

; 5.3.2 internal definitions
(let ((x 5))
  (define foo (lambda (y) (bar x y)))
  (define bar (lambda (a b) (+ (* a b) a)))
  (foo (+ x 3))) => 45
(let () (define a 1) (define b (+ a 1)) (define c (+ b 1)) (list a b c)) => (1 2 3)
(let () (define (ev? n) (or (= n 0) (od? (- n 1)))) (define (od? n) (and (> n 0) (ev? (- n 1)))) (ev? 100)) => #t
(let () (define x 1) (let () (define x 2) x)) => 2
(let () (define x 1) (let () (define x 2) 0) x) => 1
(let ((car cdr)) (car '(1 2))) => (2)
(let () (define (car x) 'mine) (car '(1))) => mine
(let () (begin (define a 1) (begin (define b 2))) (+ a b)) => 3
(lambda () (define a 1)) => syntax error
(let () (define a 1) (define a 2) a) => syntax error
(let () (define a 1) (define-values (a b) (values 1 2)) a) => syntax error
(let () (define-values (a a) (values 1 2)) a) => syntax error
(when #t (define x 1) x) => syntax error
(let () (define a (lambda () b)) (define b (a)) b) => error
(let ((define list)) (define 1 2)) => (1 2)
(do ((i 0 (+ i 1))) ((= i 1) 'ok) (let () (define j i) j)) => ok

; 5.3.3 define-values
(define-values (v-x v-y) (exact-integer-sqrt 17))
(list v-x v-y) => (4 1)
(define-values (v-head . v-tail) (values 1 2 3))
(list v-head v-tail) => (1 (2 3))
(define-values v-all (values 1 2))
v-all => (1 2)

(let () (define-values (x y) (values 1 2)) (+ x y)) => 3
(let () (define-values (x . y) (values 1 2 3)) (list x y)) => (1 (2 3))
(let () (define-values all (values 1 2 3)) all) => (1 2 3)
(let () (define-values all (values)) all) => ()
(let () (define-values () (values)) 5) => 5
(let () (define-values (x) 5) (define y (+ x 1)) y) => 6
(let () (define-values (x y) (values 1 2)) (set! x 10) (+ x y)) => 12
(let () (define (f) (+ x y)) (define-values (x y) (values 1 2)) (f)) => 3
(let () (define-values (x y) (values 1)) x) => error
(let () (define-values (x) (values 1 2)) x) => error
(let () (define-values (x y . z) (values 1)) x) => error
(define-values (x y)) => syntax error
(define-values 5 1) => syntax error

; 5.4 define-syntax
(define-syntax twice (syntax-rules () ((_ e) (begin e e))))
(let ((n 0)) (twice (set! n (+ n 1))) n) => 2
(let ((x 1) (y 2))
  (define-syntax swap! (syntax-rules () ((swap! a b) (let ((tmp a)) (set! a b) (set! b tmp)))))
  (swap! x y)
  (list x y)) => (2 1)
(let () (define-syntax a (syntax-rules () ((_) (b)))) (define-syntax b (syntax-rules () ((_) 5))) (a)) => 5
(let () (define-syntax a (syntax-rules () ((_ x) (define x 5)))) (a y) (+ y 1)) => 6
(define-syntax) => syntax error
(define-syntax x) => syntax error
(define-syntax x 5) => syntax error
(define-syntax (x) (syntax-rules ())) => syntax error
(define-syntax x (syntax-rules ()) 1) => syntax error

; 5.5 define-record-type
(define-record-type <pare> (kons x y) pare? (x kar set-kar!) (y kdr))
(pare? (kons 1 2)) => #t
(pare? (cons 1 2)) => #f
(kar (kons 1 2)) => 1
(kdr (kons 1 2)) => 2
(let ((k (kons 1 2))) (set-kar! k 3) (kar k)) => 3
(kar 5) => error
(kar '(1 . 2)) => error
(set-kar! 5 1) => error
(kons 1) => error
(kons 1 2 3) => error
(pare?) => error
(define-record-type point (make-point y) point? (x point-x set-point-x!) (y point-y) (z point-z set-point-z!))
(let ((p (make-point 5))) (set-point-x! p 1) (list (point-x p) (point-y p))) => (1 5)
(point? (make-point 1)) => #t
(point? (kons 1 2)) => #f
(pare? (make-point 1)) => #f
(kar (make-point 1)) => error
(define-record-type <empty> (make-empty) empty?)
(empty? (make-empty)) => #t
(eq? (make-empty) (make-empty)) => #f
(eqv? (make-empty) (make-empty)) => #f
(equal? (kons 1 2) (kons 1 2)) => #f
(let ((k (kons 1 2))) (equal? k k)) => #t
(map pare? (list 1 'a "s" #\c '() (vector) car (if #f #f) (delay 1) (kons 1 2))) => (#f #f #f #f #f #f #f #f #f #t)
(map (lambda (p?) (p? (kons 1 2))) (list pair? vector? string? symbol? procedure? null? boolean? number? char? bytevector? port? eof-object? promise?)) => (#f #f #f #f #f #f #f #f #f #f #f #f #f)
(let () (define-record-type a (make-a v) a? (v a-v)) (define-record-type b (make-b v) b? (v b-v)) (list (a? (make-b 1)) (b? (make-b 1)) (a-v (make-a 5)))) => (#f #t 5)
(let () (define (f) (let () (define-record-type t (make) t?) (cons (make) t?))) (let ((a (f)) (b (f))) ((cdr a) (car a)))) => #t
(map kar (list (kons 1 2) (kons 3 4))) => (1 3)
(let ((p (kons 1 '()))) (set-kar! p p) (eq? p (kar p))) => #t
(define-record-type r1 (make-r1 a b c d e f g h) r1? (a ra) (b rb) (c rc) (d rd) (e re) (f rf) (g rg) (h rh set-rh!))
(let ((r (make-r1 1 2 3 4 5 6 7 8))) (set-rh! r 9) (list (ra r) (rb r) (rc r) (rd r) (re r) (rf r) (rg r) (rh r))) => (1 2 3 4 5 6 7 9)
(define-record-type) => syntax error
(define-record-type t) => syntax error
(define-record-type t (make x) t?) => syntax error
(define-record-type t (make x x) t? (x get)) => syntax error
(define-record-type t (make x) t? (x get) (x get2)) => syntax error
(define-record-type 5 (make x) t? (x get)) => syntax error
(define-record-type t (make x) t? (x get set more)) => syntax error
(define-record-type t (make x) t? (5 get)) => syntax error
(define-record-type t (make x) 5 (x get)) => syntax error


; imports of what there is not
(import (no such library)) => syntax error
(import (only (scheme base) no-such-name)) => syntax error
(import (rename (scheme base) (no-such-name x))) => syntax error
(import (except (scheme base) no-such-name)) => syntax error
(import 5) => syntax error
(import (scheme base) . 5) => syntax error

; variables are distinct in every definition of several
(define-values (a b a) (values 1 2 3)) => syntax error
(define-values (a . a) (values 1 2)) => syntax error
(define-record-type p (make x x) p? (x p-x)) => syntax error
(define-record-type p (make x) p? (x p-x) (x p-y)) => syntax error
(define-record-type p (make y) p? (x p-x)) => syntax error
