;; R7RS 4.2: cond, case, and, or, when, unless, cond-expand, binding constructs, sequencing, do, promises, parameters, guard,
;; quasiquotation, case-lambda
(import (scheme base) (scheme case-lambda) (scheme char) (scheme cxr) (scheme lazy) (scheme write))

; cond
(cond ((> 3 2) 'greater) ((< 3 2) 'less)) => greater
(cond ((> 3 3) 'greater) ((< 3 3) 'less) (else 'equal)) => equal
(cond ((assv 'b '((a 1) (b 2))) => cadr) (else #f)) => 2
(cond ((assv 'c '((a 1) (b 2))) => cadr) (else 'none)) => none
(cond (#f 1) (2)) => 2
(cond (1 2 3)) => 3
(cond (else 1 2 3)) => 3
(cond ((+ 1 1) => (lambda (x) (* x 10)))) => 20
(cond (#f => car) ((memv 2 '(1 2 3)) => cdr)) => (3)
(cond ((values 1)) (else 2)) => 1
(let ((n 0)) (cond ((begin (set! n (+ n 1)) #f) 1) ((begin (set! n (+ n 1)) #t) n))) => 2
(let ((n 0)) (cond ((begin (set! n (+ n 1)) n))) n) => 1
(let ((=> #f)) (cond (#t => 'ok))) => ok
(let ((else #f)) (cond (else 1) (#t 2))) => 2
(cond ('() 'true)) => true
(let ((x 1)) (cond ((= x 1) (define-values (a) 5) a))) => syntax error
(cond) => syntax error
(cond (else)) => syntax error
(cond (else 1) (#t 2)) => syntax error
(cond 1) => syntax error
(cond ()) => syntax error
(cond (1 =>)) => syntax error
(cond (1 => car cdr)) => syntax error
(cond (1 => 2)) => error

; case
(case (* 2 3) ((2 3 5 7) 'prime) ((1 4 6 8 9) 'composite)) => composite
(case (car '(c d)) ((a e i o u) 'vowel) ((w y) 'semivowel) (else => (lambda (x) x))) => c
(case 'e ((a e i o u) 'vowel) ((w y) 'semivowel) (else => (lambda (x) x))) => vowel
(case 3 ((1 2) 'low) (else 'high)) => high
(case 3 ((1 2 3) => (lambda (x) (* x x))) (else 0)) => 9
(case 2 ((1) 1) ((2) 2 3 4)) => 4
(case "a" (("a") 1) (else 2)) => 2
(case '() ((()) 'empty) (else 'other)) => empty
(case #f ((#t) 1) ((#f) 2)) => 2
(case #\a ((#\b) 1) ((#\a #\c) 2)) => 2
(case 1.0 ((1) 'exact) ((1.0) 'inexact)) => inexact
(case 1/2 ((0.5) 'inexact) ((1/2) 'exact)) => exact
(case 100000000000000000000 ((100000000000000000000) 'big) (else 'none)) => big
(case (string->symbol "A") ((a) 1) ((A) 2)) => 2
(case (list 1) (((1)) 1) (else 2)) => 2
(case 5 (() 1) (else 2)) => 2
(case 'else ((else) 1) (else 2)) => 1
(case (car '(quote x)) ((quote) 1) (else 2)) => 1
(case -0.0 ((0.0) 1) ((-0.0) 2) (else 3)) => 2
(let ((n 0)) (case (begin (set! n (+ n 1)) n) ((0) 'zero) ((1) 'one) ((2) 'two))) => one
(let ((f (lambda (x) (case x ((a b) 1) ((1 2) 2) ((#\a) 3) ((#t #f ()) 4) (else 5)))))
  (map f (list 'a 'b 1 2 #\a #t #f '() "a" 3 'c))) => (1 1 2 2 3 4 4 4 5 5 5)
(let ((else 1)) (case 2 ((1) 'a) ((2) 'b))) => b
(case) => syntax error
(case 1 2) => syntax error
(case 1 (2 3)) => syntax error
(case 1 (else 2) ((1) 3)) => syntax error
(case 1 ((1))) => syntax error

; and, or
(and (= 2 2) (> 2 1)) => #t
(and (= 2 2) (< 2 1)) => #f
(and 1 2 'c '(f g)) => (f g)
(and) => #t
(and 1) => 1
(and #f) => #f
(and 1 #f 2) => #f
(let ((n 0)) (and #f (set! n 1)) n) => 0
(let ((n 0)) (and 1 (begin (set! n 1) #t)) n) => 1
(or (= 2 2) (> 2 1)) => #t
(or (= 2 2) (< 2 1)) => #t
(or #f #f #f) => #f
(or (memq 'b '(a b c)) (/ 3 0)) => (b c)
(or) => #f
(or 1) => 1
(or #f 2) => 2
(or '() 1) => ()
(let ((n 0)) (or 1 (set! n 1)) n) => 0
(let ((n 0)) (or (begin (set! n (+ n 1)) n) 5) n) => 1
(let ((t 5)) (or #f t)) => 5
(call-with-values (lambda () (and 1 (values 2 3))) list) => (2 3)
(call-with-values (lambda () (or #f (values 2 3))) list) => (2 3)
(and . 1) => syntax error
(or 1 . 2) => syntax error

; when, unless
(when (> 1 0) 'a 'b) => b
(let ((n 0)) (when #f (set! n 1)) n) => 0
(let ((n 0)) (when #t (set! n (+ n 1)) (set! n (* n 10))) n) => 10
(unless #f 'a 'b) => b
(let ((n 0)) (unless 1 (set! n 1)) n) => 0
(let ((n 0)) (unless #f (set! n (+ n 1)) (set! n (* n 10))) n) => 10
(when '() 1) => 1
(call-with-values (lambda () (when #t (values 1 2))) list) => (1 2)
(when) => syntax error
(unless) => syntax error

; cond-expand
(cond-expand (r7rs 'yes) (else 'no)) => yes
(cond-expand (no-such-feature 'yes) (else 'no)) => no
(cond-expand ((and r7rs (not no-such-feature)) 1) (else 2)) => 1
(cond-expand ((or no-such-feature r7rs) 1) (else 2)) => 1
(cond-expand ((library (scheme base)) 1) (else 2)) => 1
(cond-expand ((library (no such library)) 1) (else 2)) => 2
(cond-expand ((not (library (no such library))) 1) (else 2)) => 1
(cond-expand ((and) 1) (else 2)) => 1
(cond-expand ((or) 1) (else 2)) => 2
(cond-expand ((and r7rs no-such-feature) 1) ((or no-such-feature) 2) (r7rs 3) (else 4)) => 3
(cond-expand (r7rs 1 2 3)) => 3
(cond-expand (full-unicode 1) (else 2)) => 1
(cond-expand (ratios 1) (else 2)) => 1
(cond-expand (exact-closed 1) (else 2)) => 1
(cond-expand (kestrel 1) (else 2)) => 1
(let () (cond-expand (r7rs (define a 1) (define b 2))) (+ a b)) => 3
(cond-expand (no-such-feature (this is (not) . scheme)) (else 5)) => 5
(let ((r7rs #f)) (cond-expand (r7rs 1) (else 2))) => 1

; let, let*
(let ((x 2) (y 3)) (* x y)) => 6
(let ((x 2) (y 3)) (let ((x 7) (z (+ x y))) (* z x))) => 35
(let () 5) => 5
(let ((x 1)) (let ((x 2) (y x)) (list x y))) => (2 1)
(let ((x 1)) (define y 2) (+ x y)) => 3
(let ((x 1)) (define x 2) x) => 2
(let ((list vector)) (list 1 2)) => #(1 2)
(let ((let 1)) let) => 1
(let ((x 2) (y 3)) (let* ((x 7) (z (+ x y))) (* z x))) => 70
(let* () 5) => 5
(let* ((x 1) (x (+ x 1)) (x (* x 10))) x) => 20
(let* ((x 1) (y x)) (set! x 5) (list x y)) => (5 1)
(let* () (define x 1) x) => 1
(let*) => syntax error
(let) => syntax error
(let ((x 1))) => syntax error
(let ((x)) x) => syntax error
(let ((x 1 2)) x) => syntax error
(let ((1 x)) x) => syntax error
(let (x) x) => syntax error
(let ((x 1) (x 2)) x) => syntax error
(let ((x 1) . 2) x) => syntax error
(let* ((x 1))) => syntax error
(let* ((x)) x) => syntax error

; letrec, letrec*
(letrec ((even? (lambda (n) (if (zero? n) #t (odd? (- n 1)))))
         (odd? (lambda (n) (if (zero? n) #f (even? (- n 1))))))
  (even? 88)) => #t
(letrec* ((p (lambda (x) (+ 1 (q (- x 1)))))
          (q (lambda (y) (if (zero? y) 0 (+ 1 (p (- y 1))))))
          (x (p 5))
          (y x))
  y) => 5
(letrec () 1) => 1
(letrec* () 1) => 1
(letrec* ((a 1) (b (+ a 1)) (c (* b 2))) (list a b c)) => (1 2 4)
(letrec ((f (lambda () g)) (g 5)) (f)) => 5
(letrec ((x 1) (f (lambda () x))) (set! x 7) (f)) => 7
(letrec ((a (lambda () b)) (b 1)) (define c 2) (+ (a) c)) => 3
(letrec ((x x)) x) => error
(letrec ((x 1) (x 2)) x) => syntax error
(letrec* ((x 1) (x 2)) x) => syntax error
(letrec ((x 1))) => syntax error
(letrec* ((compose (lambda fs (if (null? fs) (lambda (x) x) (let ((rest (apply compose (cdr fs)))) (lambda (x) ((car fs) (rest x))))))))
  ((compose (lambda (x) (* x 2)) (lambda (x) (+ x 1))) 5)) => 12
(letrec* ((means (lambda (ton) (letrec* ((mean (lambda (f g) (f (/ (sum g ton) n))))
                                         (sum (lambda (g ton) (if (null? ton) (+) (if (number? ton) (g ton) (+ (sum g (car ton)) (sum g (cdr ton)))))))
                                         (n (sum (lambda (x) 1) ton)))
                                 (list (mean (lambda (x) x) (lambda (x) x)) (mean / /))))))
  (means '(3 (1 4)))) => (8/3 36/19)

; let-values, let*-values
(let-values (((root rem) (exact-integer-sqrt 32))) (* root rem)) => 35
(let-values () 1) => 1
(let-values (((a b) (values 1 2)) ((c) (values 3))) (list a b c)) => (1 2 3)
(let-values (((a . rest) (values 1 2 3)) (all (values 4 5))) (list a rest all)) => (1 (2 3) (4 5))
(let-values ((() (values))) 5) => 5
(let-values ((all (values))) all) => ()
(let-values (((a b . c) (values 1 2))) c) => ()
(let ((a 'a) (b 'b) (x 'x) (y 'y)) (let-values (((a b) (values x y)) ((x y) (values a b))) (list a b x y))) => (x y a b)
(let ((a 'a) (b 'b) (x 'x) (y 'y)) (let*-values (((a b) (values x y)) ((x y) (values a b))) (list a b x y))) => (x y x y)
(let*-values () 1) => 1
(let*-values (((a) (values 1)) ((a) (values (+ a 1)))) a) => 2
(let*-values (((a . b) (values 1 2)) ((c . d) (apply values a b))) (list a b c d)) => (1 (2) 1 (2))
(let-values (((a) (values 1))) (define b 2) (+ a b)) => 3
(let-values (((a b) (values 1))) a) => error
(let-values (((a) (values 1 2))) a) => error
(let*-values (((a b) 1)) a) => error
(let-values (((a) 1) ((a) 2)) a) => syntax error
(let-values ((a 1 2)) a) => syntax error
(let-values (((a) 1))) => syntax error
(let-values (((a a) (values 1 2))) a) => syntax error

; begin
(let ((x 0)) (and (= x 0) (begin (set! x 5) (+ x 1)))) => 6
(begin 1 2 3) => 3
(begin 1) => 1
(let () (begin (define a 1) (define b 2)) (+ a b)) => 3
(let () (begin) 5) => 5
(let () (begin (begin (define a 1))) a) => 1
(call-with-values (lambda () (begin 1 (values 2 3))) list) => (2 3)
(if #t (begin)) => syntax error
(begin 1 . 2) => syntax error

; do
(do ((vec (make-vector 5)) (i 0 (+ i 1))) ((= i 5) vec) (vector-set! vec i i)) => #(0 1 2 3 4)
(let ((x '(1 3 5 7 9))) (do ((x x (cdr x)) (sum 0 (+ sum (car x)))) ((null? x) sum))) => 25
(do ((i 0 (+ i 1)) (j 10 (- j 1))) ((= i j) (list i j))) => (5 5)
(do ((i 0 (+ i 1)) (l '() (cons i l))) ((= i 3) 'ignored l)) => (2 1 0)
(do ((i 0 (+ i 1)) (k 'same)) ((= i 3) k)) => same
(do () (#t 5)) => 5
(let ((n 0)) (do () ((= n 3)) (set! n (+ n 1))) n) => 3
(do ((i 0 j) (j 1 (+ i j)) (n 0 (+ n 1))) ((= n 10) i)) => 55
(let ((fs (do ((i 0 (+ i 1)) (fs '() (cons (lambda () i) fs))) ((= i 3) fs)))) (map (lambda (f) (f)) fs)) => (2 1 0)
(do ((i 0 (+ i 1))) ((= i 3) 'done) (if (= i 1) (set! i 2))) => done
(call-with-values (lambda () (do ((i 0 (+ i 1))) ((= i 2) (values i 'end)))) list) => (2 end)
(do) => syntax error
(do ((i 0)) ()) => syntax error
(do ((i 0 1 2)) (#t)) => syntax error
(do ((i 0) (i 1)) (#t)) => syntax error
(do ((i)) (#t)) => syntax error
(do ((i 0) . x) (#t)) => syntax error

; named let
(let loop ((numbers '(3 -2 1 6 -5)) (nonneg '()) (neg '()))
  (cond ((null? numbers) (list nonneg neg))
        ((>= (car numbers) 0) (loop (cdr numbers) (cons (car numbers) nonneg) neg))
        ((< (car numbers) 0) (loop (cdr numbers) nonneg (cons (car numbers) neg))))) => ((6 1 3) (-5 -2))
(let loop () 5) => 5
(let loop ((i 0)) (if (< i 1000) (loop (+ i 1)) i)) => 1000
(let f ((n 5)) (if (= n 0) 1 (* n (f (- n 1))))) => 120
(procedure? (let f () f)) => #t
(let ((f 1)) (let f ((x f)) (if (procedure? f) x 'no))) => 1
(let loop ((i 0) (acc '())) (if (= i 3) acc (let ((loop loop)) (loop (+ i 1) (cons i acc))))) => (2 1 0)
(let loop ((i 0)) (define j (* i 2)) (if (> j 10) j (loop (+ i 1)))) => 12
(let loop ((x 1) (x 2)) x) => syntax error
(let loop) => syntax error
(let loop ((x 1))) => syntax error
(let loop ((x 0)) (loop)) => error

; delay, delay-force, force, make-promise, promise?
(force (delay (+ 1 2))) => 3
(let ((p (delay (+ 1 2)))) (list (force p) (force p))) => (3 3)
(define integers (letrec ((next (lambda (n) (delay (cons n (next (+ n 1))))))) (next 0)))
(define (head stream) (car (force stream)))
(define (tail stream) (cdr (force stream)))
(head (tail (tail integers))) => 2
(define (stream-filter p? s)
  (delay-force
    (if (null? (force s))
        (delay '())
        (let ((h (car (force s))) (t (cdr (force s))))
          (if (p? h) (delay (cons h (stream-filter p? t))) (stream-filter p? t))))))
(head (tail (tail (stream-filter odd? integers)))) => 5
(define count 0)
(define multiplier 5)
(define p (delay (begin (set! count (+ count 1)) (if (> count multiplier) count (force p)))))
(promise? p) => #t
(force p) => 6
(begin (set! multiplier 10) (force p)) => 6
(let ((n 0)) (define p (delay (begin (set! n (+ n 1)) n))) (force p) (force p) n) => 1
(force 5) => 5
(force '(1)) => (1)
(eq? (force car) car) => #t
(promise? (delay 1)) => #t
(promise? (delay-force (delay 1))) => #t
(promise? (make-promise 1)) => #t
(promise? 1) => #f
(promise? (lambda () 1)) => #f
(force (make-promise 5)) => 5
(force (make-promise (list 1 2))) => (1 2)
(let ((p (delay 1))) (eq? p (make-promise p))) => #t
(let ((p (make-promise 1))) (eq? p (make-promise p))) => #t
(force (delay-force (delay 7))) => 7
(force (delay-force (make-promise 8))) => 8
(let loop ((n 0)) (if (= n 10) 'deep (force (delay (loop (+ n 1)))))) => deep
(force (let loop ((n 0)) (if (= n 100000) (delay n) (delay-force (loop (+ n 1)))))) => 100000
(let ((n 0)) (let ((p (delay (begin (set! n (+ n 1)) n))) (x 5)) (force p) (set! x (force p)) (list n x))) => (1 1)
(let* ((order '()) (p (delay (begin (set! order (cons 'forced order)) 1)))) (set! order (cons 'made order)) (force p) order) => (forced made)
(let* ((n 0) (p (delay (begin (set! n (+ n 1)) (if (< n 3) (raise n) n)))))
  (let* ((a (guard (e (#t (list 'raised e))) (force p)))
         (b (guard (e (#t (list 'raised e))) (force p)))
         (c (force p)))
    (list a b c))) => ((raised 1) (raised 2) 3)
(letrec ((p (delay (if c 3 (begin (set! c #t) (+ (force p) 1))))) (c #f)) (force p)) => 3
(force (delay (values 1))) => 1
(delay) => syntax error
(delay 1 2) => syntax error
(delay-force) => syntax error
(make-promise) => error

; make-parameter, parameterize
(define radix (make-parameter 10 (lambda (x) (if (and (exact-integer? x) (<= 2 x 16)) x (error "invalid radix")))))
(define (f n) (number->string n (radix)))
(f 12) => "12"
(parameterize ((radix 2)) (f 12)) => "1100"
(f 12) => "12"
(parameterize ((radix 0)) (f 12)) => error
(parameterize ((radix 16)) (parameterize ((radix 8)) (f 64))) => "100"
(parameterize ((radix 16)) (parameterize ((radix 8)) (f 64)) (f 64)) => "40"
(let ((p (make-parameter 1))) (p)) => 1
(let ((p (make-parameter 1 (lambda (x) (* x 10))))) (list (p) (parameterize ((p 2)) (p)) (p))) => (10 20 10)
(let ((n 0)) (define p (make-parameter 1 (lambda (x) (set! n (+ n 1)) x))) (parameterize ((p 2)) (p)) (p) n) => 2
(let ((a (make-parameter 1)) (b (make-parameter 2))) (parameterize ((a (b)) (b (a))) (list (a) (b)))) => (2 1)
(let ((a (make-parameter 1))) (parameterize () (a))) => 1
(let ((a (make-parameter 1))) (parameterize ((a 2)) (define x (a)) (+ x 1))) => 3
(let ((a (make-parameter 1))) (let ((get (parameterize ((a 2)) (lambda () (a))))) (get))) => 1
(let ((a (make-parameter 1))) (guard (e (#t (list e (a)))) (parameterize ((a 2)) (raise (a))))) => (2 1)
(let ((a (make-parameter 1))) (call/cc (lambda (k) (parameterize ((a 2)) (k 'out)))) (a)) => 1
(let ((a (make-parameter 1)) (k #f) (n 0))
  (let ((x (parameterize ((a 2)) (call/cc (lambda (c) (set! k c))) (a))))
    (set! n (+ n 1))
    (if (< n 3) (k #f) (list x (a) n)))) => (2 1 3)
(let ((a (make-parameter 1))) (call-with-values (lambda () (parameterize ((a 2)) (values (a) 3))) list)) => (2 3)
(parameterize ((5 1)) 2) => error
(parameterize ((car 1)) 2) => error
(parameterize ((radix))) => syntax error
(parameterize ((radix 2))) => syntax error
(procedure? (make-parameter 1)) => #t

; guard
(guard (condition ((assq 'a condition) => cdr) ((assq 'b condition))) (raise (list (cons 'a 42)))) => 42
(guard (condition ((assq 'a condition) => cdr) ((assq 'b condition))) (raise (list (cons 'b 23)))) => (b . 23)
(guard (e (#f 'never) (else 'caught)) (raise 1)) => caught
(guard (e ((symbol? e) (list 'symbol e)) ((string? e) (list 'string e))) (raise 'boom)) => (symbol boom)
(guard (e ((symbol? e) (list 'symbol e)) ((string? e) (list 'string e))) (raise "boom")) => (string "boom")
(guard (e ((symbol? e) e)) (raise 5)) => raised 5
(guard (e (#t (list 'outer e))) (guard (e ((symbol? e) e)) (raise 5))) => (outer 5)
(guard (e (#t e)) 1 2 3) => 3
(guard (e (#t e)) (define x 5) (+ x 1)) => 6
(guard (e (#t e)) (raise (raise 1))) => 1
(guard (e ((string? e) 'string)) (guard (e2 ((number? e2) (raise "inner"))) (raise 1))) => string
(guard (e (else 'a 'b)) (raise 1)) => b
(guard (e (1)) (raise 0)) => 1
(guard (e (e)) (raise 7)) => 7
(call-with-values (lambda () (guard (e (#t 0)) (values 1 2))) list) => (1 2)
(call-with-values (lambda () (guard (e (#t (values e 2))) (raise 1))) list) => (1 2)
(guard (e ((error-object? e) (string? (error-object-message e)))) (car 1) 1) => #t
(guard (e ((error-object? e) (list (error-object-message e) (error-object-irritants e)))) (error "bad" 1 'two "three")) => ("bad" (1 two "three"))
(let ((path '())) (define (note x) (set! path (cons x path)))
  (guard (e (#t (note e)))
    (dynamic-wind (lambda () (note 'in)) (lambda () (raise 'oops)) (lambda () (note 'out))))
  (reverse path)) => (in out oops)
(let ((path '())) (define (note x) (set! path (cons x path)))
  (guard (e (#t (note (list 'outer e))))
    (guard (e ((begin (note 'test) #f) 'never))
      (dynamic-wind (lambda () (note 'in)) (lambda () (raise 'oops)) (lambda () (note 'out)))))
  (reverse path)) => (in out test in out (outer oops))
(with-exception-handler (lambda (e) (* e 10)) (lambda () (+ 1 (guard (e2 ((string? e2) 0)) (raise-continuable 4))))) => 41
(let loop ((i 0)) (if (= i 1000) i (loop (guard (e (#t (+ e 1))) (raise i))))) => 1000
(guard (e (#t e) (else 1) (2 3)) 1) => syntax error
(guard (e) 1) => 1
(guard (e) (raise 1)) => raised 1
(guard e 1) => syntax error
(guard (5 (#t 1)) 1) => syntax error
(guard ((e) (#t 1)) 1) => syntax error
(guard (e (#t 1))) => syntax error

; quasiquote
`(list ,(+ 1 2) 4) => (list 3 4)
(let ((name 'a)) `(list ,name ',name)) => (list a 'a)
`(a ,(+ 1 2) ,@(map abs '(4 -5 6)) b) => (a 3 4 5 6 b)
`((foo ,(- 10 3)) ,@(cdr '(c)) . ,(car '(cons))) => ((foo 7) . cons)
(define (sqrt-of n) (call-with-values (lambda () (exact-integer-sqrt n)) (lambda (s r) s)))
`#(10 5 ,(sqrt-of 4) ,@(map sqrt-of '(16 9)) 8) => #(10 5 2 4 3 8)
(let ((foo '(foo bar)) (@baz 'baz)) `(list ,@foo , @baz)) => (list foo bar baz)
`(a `(b ,(c ,(+ 1 2)))) => (a `(b ,(c 3)))
(equal? `(a `(b ,(foo ,(+ 1 3) d) e) f) '(a (quasiquote (b (unquote (foo 4 d)) e)) f)) => #t
(let ((name1 'x) (name2 'y)) (equal? `(a `(b ,,name1 ,',name2 d) e) '(a (quasiquote (b (unquote x) (unquote (quote y)) d)) e))) => #t
`x => x
`,(+ 1 2) => 3
`5 => 5
`"abc" => "abc"
`() => ()
`#() => #()
`(1 . 2) => (1 . 2)
`(1 . ,(+ 1 1)) => (1 . 2)
`(1 . (2 . ,(+ 1 2))) => (1 2 . 3)
`(,@'(1 2) . 3) => (1 2 . 3)
`(,@'() . 3) => 3
`(,@'(1 2) ,@'(3 4)) => (1 2 3 4)
`(,@'()) => ()
`(1 ,@5) => (1 . 5)
`(,@5) => 5
`(,@'(1) ,@2) => (1 . 2)
`#(,@'()) => #()
`#(1 ,@'(2 3) ,4) => #(1 2 3 4)
`#(#(,(+ 1 2))) => #(#(3))
`((,(+ 1 2))) => ((3))
(quasiquote (list (unquote (+ 1 2)) 4)) => (list 3 4)
(quasiquote (a (unquote-splicing (list 1 2)))) => (a 1 2)
(equal? '(quasiquote (list (unquote (+ 1 2)) 4)) '`(list ,(+ 1 2) 4)) => #t
`(1 unquote (+ 1 1)) => (1 . 2)
(equal? `(x ``(y ,,@(list ,(* 2 3) 4))) '(x (quasiquote (quasiquote (y (unquote (unquote-splicing (list 6 4)))))))) => #t
(equal? `(x `(y ,,@(list 6 4))) '(x (quasiquote (y (unquote 6 4))))) => #t
(equal? `(x `(y ,(z ,@(list 6 4)))) '(x (quasiquote (y (unquote (z 6 4)))))) => #t
(equal? `(1 `,@(2 ,(+ 1 2))) '(1 (quasiquote (unquote-splicing (2 3))))) => #t
(equal? `(1 `(,@,@(list 2 3))) '(1 (quasiquote ((unquote-splicing 2 3))))) => #t
(equal? `(a `(,@(b ,(+ 1 2)))) '(a (quasiquote ((unquote-splicing (b 3)))))) => #t
(equal? `(1 `#(,(,(+ 1 2)))) '(1 (quasiquote #((unquote (3)))))) => #t
(let ((x 5)) `(x ,x ,@(list x x) #(x ,x))) => (x 5 5 5 #(x 5))
(let ((a '(1 2))) (eq? a (cdr `(0 . ,a)))) => #t
(let ((a '(1 2))) (eq? a (cdr `(0 ,@a)))) => #t
(let ((quasiquote list)) `5) => (5)
(let ((unquote 1)) `(a ,(+ 1 2))) => (a ,(+ 1 2))
,5 => syntax error
,@5 => syntax error
(quasiquote) => syntax error
(quasiquote 1 2) => syntax error

; case-lambda
(define range (case-lambda ((e) (range 0 e)) ((b e) (do ((r '() (cons e r)) (e (- e 1) (- e 1))) ((< e b) r)))))
(range 3) => (0 1 2)
(range 3 5) => (3 4)
(range) => error
(range 1 2 3) => error
(define plus (case-lambda (() 0) ((x) x) ((x y) (+ x y)) ((x y z) (+ (+ x y) z)) (args (apply + args))))
(plus) => 0
(plus 1) => 1
(plus 1 2) => 3
(plus 1 2 3) => 6
(plus 1 2 3 4) => 10
((case-lambda ((x) 'one) ((x . rest) (list 'more rest))) 1) => one
((case-lambda ((x) 'one) ((x . rest) (list 'more rest))) 1 2) => (more (2))
((case-lambda (all all) ((x) 'never)) 1) => (1)
((case-lambda ((x y . z) z) ((x) 'one)) 1 2 3) => (3)
(procedure? (case-lambda)) => #t
((case-lambda)) => error
((case-lambda ((a) (define b 1) (+ a b))) 2) => 3
(let ((n 0)) (define f (case-lambda (() n) ((x) (set! n x)))) (f 5) (f)) => 5
(map (case-lambda ((x) (list x)) ((x y) (cons x y))) '(1 2) '(3 4)) => ((1 . 3) (2 . 4))
(apply (case-lambda ((a b) 2) ((a b c) 3)) '(1 2 3)) => 3
(case-lambda (x)) => syntax error
(case-lambda ((x x) 1)) => syntax error
(case-lambda 5) => syntax error

; letrec assigns its variables when all inits have been computed, letrec* one after the other
(define (order-of-letrec)
  (let ((k #f))
    (letrec ((x (call/cc (lambda (c) (set! k c) 0)))
             (y (call/cc (lambda (c) (set! k c) 0))))
      (if k
          (let ((again k)) (set! k #f) (set! x 1) (set! y 1) (again 0))
          (+ x y)))))
(order-of-letrec) => 0
(letrec ((f (lambda () (+ a b))) (a (* 2 3)) (b (* 4 5))) (f)) => 26
(letrec ((a (list 1)) (b (list 2)) (get (lambda () (cons a b)))) (set! a 'changed) (get)) => (changed 2)
(letrec ((a (list (lambda () b))) (b (list 5))) ((car a))) => (5)
(letrec ((a (list b)) (b (list 5))) a) => error
