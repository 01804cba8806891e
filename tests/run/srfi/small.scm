;; value: 59
(import (scheme base) (scheme write)
        (srfi 2) (srfi 6) (srfi 8) (srfi 9) (srfi 11) (srfi 16) (srfi 23) (srfi 26) (srfi 28) (srfi 31) (srfi 34) (srfi 39) (srfi 45) (srfi 46)
        (srfi 87) (srfi 98) (srfi 111) (srfi 145))
(include "../r7rs/support/check.scm")

;; 2
(check (and-let* () 1 2) => 2)
(check (and-let* ()) => #t)
(check (and-let* ((x 1)) (+ x 1)) => 2)
(check (and-let* ((x #f)) (car x)) => #f)
(check (and-let* ((x '(1 2)) ((pair? x)) (y (cdr x)) ((pair? y))) (car y)) => 2)
(check (and-let* ((x '(1)) ((pair? x)) (y (cdr x)) ((pair? y))) (car y)) => #f)
(check (let ((x 3)) (and-let* (x (y (* x x))) (list x y))) => (3 9))
(check (let ((x #f)) (and-let* (x (y (* x x))) (list x y))) => #f)
(check (and-let* ((x 5))) => 5)
(check (and-let* (((= 1 1)))) => #t)
(check (let ((x 7)) (and-let* (x))) => 7)
(check (and-let* ((x 1) (x (+ x 1)) (x (+ x 1))) x) => 3)

;; 8 and 11
(check (receive (a b) (values 1 2) (list a b)) => (1 2))
(check (receive (a . rest) (values 1 2 3) (list a rest)) => (1 (2 3)))
(check (receive all (values 1 2) all) => (1 2))
(check (receive () (values) (define x 1) (+ x 1)) => 2)
(check (let-values (((a b) (values 1 2)) ((c) (values 3))) (list a b c)) => (1 2 3))

;; 26
(check ((cut + 1 <>) 2) => 3)
(check ((cut list 1 <> 3 <>) 2 4) => (1 2 3 4))
(check ((cut list 1 <...>) 2 3) => (1 2 3))
(check ((cut list <> 'x <...>) 1 2 3) => (1 x 2 3))
(check ((cut <> 5 6) *) => 30)
(check ((cut <> <...>) + 1 2) => 3)
(check ((cut list)) => ())
(check (let ((n 0)) (let ((f (cut list (begin (set! n (+ n 1)) n) <>))) (f 'a) (f 'b))) => (2 b))
(check (let ((n 0)) (let ((f (cute list (begin (set! n (+ n 1)) n) <>))) (f 'a) (f 'b))) => (1 b))
(check ((cute + <> 1 <...>) 2 3 4) => 10)
(check (map (cut * 2 <>) '(1 2 3)) => (2 4 6))
(check (let ((list vector)) ((cut list 1 <>) 2)) => #(1 2))

;; 28
(check (format "Hello, ~a" "World!") => "Hello, World!")
(check (format "Error, list is too short: ~s" '(one "two" 3)) => "Error, list is too short: (one \"two\" 3)")
(check (format "~a~~~s~%" "x" "y") => "x~\"y\"\n")
(check (format "") => "")
(check (fails? (format "~a")) => #t)
(check (fails? (format "~q" 1)) => #t)
(check (fails? (format "~")) => #t)
(check (fails? (format "~a" 1 2)) => #t)
(check (fails? (format 'a)) => #t)

;; 31
(check ((rec (f n) (if (= n 0) 1 (* n (f (- n 1))))) 5) => 120)
(check ((rec f (lambda (n) (if (= n 0) 'done (f (- n 1))))) 5) => done)
(check ((rec (f . args) (if (null? args) 0 (+ 1 (apply f (cdr args))))) 1 2 3) => 3)

;; 111
(check (unbox (box 5)) => 5)
(check (let ((b (box 1))) (set-box! b 2) (unbox b)) => 2)
(check (list (box? (box 1)) (box? 1) (box? (vector 1))) => (#t #f #f))
(check (let ((b (box 1))) (list (eq? b b) (eqv? b (box 1)))) => (#t #f))
(check (fails? (unbox 5)) => #t)

;; 145
(check (assume (= 1 1) "fine") => #t)
(check (assume (memv 2 '(1 2 3))) => (2 3))
(check (fails? (assume (= 1 2) "not so" 1)) => #t)
(check (guard (e (#t (error-object-irritants e))) (assume (= 1 2) 'why)) => ((= 1 2) why))

;; those that R7RS has taken up
(check (let ((p (open-output-string))) (write 'a p) (get-output-string p)) => "a")
(define-record-type point (make-point x y) point? (x point-x set-point-x!) (y point-y))
(check (let ((p (make-point 1 2))) (set-point-x! p 3) (list (point? p) (point-x p) (point-y p))) => (#t 3 2))
(check ((case-lambda ((a) 1) ((a b) 2) ((a . rest) 'more)) 1 2) => 2)
(check (guard (e ((symbol? e) (list 'caught e))) (raise 'x)) => (caught x))
(check (let ((p (make-parameter 1))) (list (p) (parameterize ((p 2)) (p)))) => (1 2))
(check (force (lazy (eager 5))) => 5)
(check (force (let loop ((n 1000)) (if (= n 0) (delay 'end) (lazy (loop (- n 1)))))) => end)
(check (case 5 ((1 2) 'few) ((5) => (lambda (x) (* x 2))) (else => list)) => 10)
(check (list (string? (get-environment-variable "PATH")) (guard (e (#t (error-object-message e))) (error "e"))) => (#t "e"))
(checked)
