;; R7RS 6.12: environments and evaluation
(import (scheme base) (scheme eval) (scheme file) (scheme load) (scheme repl) (scheme r5rs) (scheme write))
(eval '(* 7 3) (environment '(scheme base))) => 21
(let ((f (eval '(lambda (f x) (f x x)) (environment '(scheme base))))) (f + 10)) => 20
(eval '(if #t 1 2) (environment '(scheme base))) => 1
(eval 5 (environment '(scheme base))) => 5
(eval '"abc" (environment '(scheme base))) => "abc"
(eval ''a (environment '(scheme base))) => a
(eval '(let ((x 1)) (define y 2) (+ x y)) (environment '(scheme base))) => 3
(eval '(math-sqrt 16) (environment '(rename (only (scheme inexact) sqrt) (sqrt math-sqrt)))) => 4
(eval '(b:+ 1 2) (environment '(prefix (scheme base) b:))) => 3
(eval '(char-upcase #\a) (environment '(scheme base) '(scheme char))) => #\A
(eval 'car (environment '(scheme base))) => #<procedure car>
(eq? car (eval 'car (environment '(scheme base)))) => #t
(let ((l (list 1 2))) (eq? l (eval (list 'quote l) (environment '(scheme base))))) => #t
(eval (list car ''(1 2)) (environment '(scheme base))) => 1
(eval (list + 1 2) (environment '(only (scheme base) car))) => 3
(eval '(call/cc (lambda (k) (+ 1 (k 42)))) (environment '(scheme base))) => 42
(call/cc (lambda (k) (eval (list k 5) (environment '(scheme base))))) => 5
(call-with-values (lambda () (eval '(values 1 2) (environment '(scheme base)))) list) => (1 2)
(guard (e (#t (list 'caught e))) (eval '(raise 'x) (environment '(scheme base)))) => (caught x)
(eval '(guard (e (#t (list 'inside e))) (raise 'x)) (environment '(scheme base))) => (inside x)
(eval '(let-syntax ((m (syntax-rules () ((_ a) '(a a))))) (m 1)) (environment '(scheme base))) => (1 1)
(let loop ((i 0)) (if (= i 200) i (loop (eval `(+ ,i 1) (environment '(scheme base)))))) => 200
(eval '(car '()) (environment '(scheme base))) => error
(eval '(if) (environment '(scheme base))) => error
(eval 'no-such-variable (environment '(scheme base))) => error
(eval '(car 1) (environment '(only (scheme base) cdr))) => error
(eval '(1 2) (environment '(scheme base))) => error
(eval '(define x 1) (environment '(scheme base))) => error
(eval '(set! car 1) (environment '(scheme base))) => error
(eval 1 2) => error
(environment '(no such library)) => error
(environment 5) => error
(environment '(only (scheme base) no-such-name)) => error
(begin (eval '(define eval-x 5) (interaction-environment)) (eval '(+ eval-x 1) (interaction-environment))) => 6
(begin (eval '(define (eval-f n) (* n eval-x)) (interaction-environment)) (eval '(eval-f 4) (interaction-environment))) => 20
(begin (eval '(set! eval-x 6) (interaction-environment)) (eval '(eval-f 4) (interaction-environment))) => 24
(begin (eval '(define-syntax eval-twice (syntax-rules () ((_ x) (list x x)))) (interaction-environment)) (eval '(eval-twice 3) (interaction-environment))) => (3 3)
(begin (eval '(define-record-type eval-p (make-p x) p? (x p-x)) (interaction-environment)) (eval '(p-x (make-p 9)) (interaction-environment))) => 9
(begin (eval '(begin (define eval-a 1) (define eval-b 2)) (interaction-environment)) (eval '(list eval-a eval-b) (interaction-environment))) => (1 2)
(begin (eval '(define-values (eval-c eval-d) (values 3 4)) (interaction-environment)) (eval '(list eval-c eval-d) (interaction-environment))) => (3 4)
(eval '(let ((x 1)) (set! x 2) x) (interaction-environment)) => 2
(eval '(+ 1 2) (scheme-report-environment 5)) => 3
(eval '(if #f 1 2) (null-environment 5)) => 2
(eval '((lambda (x) (let* ((y x)) y)) 3) (null-environment 5)) => 3
(eval '(car '(1)) (null-environment 5)) => error
(scheme-report-environment 4) => error
(eval '(exact->inexact 1/2) (scheme-report-environment 5)) => 0.5
(eval '(inexact->exact 0.5) (scheme-report-environment 5)) => 1/2
(exact->inexact 1/4) => 0.25
(inexact->exact 2.0) => 2
(exact->inexact 'a) => error
(inexact->exact +inf.0) => error
(let ((x 5)) (eval `(let ((y ,x) (z 2)) (if (> y z) (list y z) 'no)) (environment '(scheme base)))) => (5 2)
(eval '(if (null? '()) (begin (list) (vector 1 (+ 1 2 3) (- 5) (< 1 2 3))) (car '())) (environment '(scheme base))) => #(1 6 -5 #t)
(eval '(+) (environment '(scheme base))) => 0
(eval '(apply + 1 '(2 3)) (environment '(scheme base))) => 6
(eval '(let ((a 1)) (call-with-values (values values) list)) (environment '(scheme base))) => ()
(eval '(+ 1 (call/cc (lambda (k) (* 10 (k 5))))) (environment '(scheme base))) => 6
(eval '(car) (environment '(scheme base))) => error
(eval '(car '(1) '(2)) (environment '(scheme base))) => error
(eval '(vector-ref (vector 1 2) (+ 1 1)) (environment '(scheme base))) => error
(eval '(let ((x (car 5))) 1) (environment '(scheme base))) => error
(eval '(begin (raise 'early) (display "late")) (environment '(scheme base) '(scheme write))) => raised early
(eval '(raise (list 'a 1)) (environment '(scheme base))) => raised (a 1)
(with-exception-handler (lambda (e) 10) (lambda () (eval '(+ 1 (raise-continuable 'x)) (environment '(scheme base))))) => 11
(eval (let loop ((i 0) (e 1)) (if (= i 2000) e (loop (+ i 1) (list '+ 1 e)))) (environment '(scheme base))) => 2001
(eval (cons 'list (let loop ((i 0) (l '())) (if (= i 3000) l (loop (+ i 1) (cons i l))))) (environment '(rename (only (scheme base) length list) (list l) (length list)))) => error
(length (eval (cons 'list (make-list 3000 1)) (environment '(scheme base)))) => 3000

; load
(define file "conformance-load.tmp")
(define (write-file . forms) (call-with-output-file file (lambda (port) (for-each (lambda (form) (write form port) (newline port)) forms))))
(begin (write-file '(define loaded-x 5) '(define (loaded-f n) (+ n loaded-x))) (load file) (eval '(loaded-f 1) (interaction-environment))) => 6
(begin (write-file '(set! loaded-x 7)) (load file (interaction-environment)) (eval 'loaded-x (interaction-environment))) => 7
(begin (write-file '(define-syntax loaded-m (syntax-rules () ((_ x) (list x x)))) '(define loaded-y (loaded-m 1))) (load file) (eval 'loaded-y (interaction-environment))) => (1 1)
(begin (write-file) (load file) 'empty) => empty
(begin (write-file '(raise 'from-file)) (guard (e (#t (list 'caught e))) (load file))) => (caught from-file)
(begin (write-file '(car 1)) (load file)) => error
(begin (write-file '(if)) (load file)) => error
(begin (delete-file file) (load file)) => error
(guard (e (#t (file-error? e))) (load "/no/such/file")) => #t
(load 5) => error
