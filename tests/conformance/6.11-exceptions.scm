;; R7RS 6.11: exceptions
(import (scheme base) (scheme file) (scheme read))

; with-exception-handler, raise, raise-continuable
(call-with-current-continuation (lambda (k) (with-exception-handler (lambda (e) (k (list 'condition e))) (lambda () (+ 1 (raise 'an-error)))))) => (condition an-error)
(with-exception-handler (lambda (con) (cond ((string? con) 'a-string) (else 'other)) 42) (lambda () (+ (raise-continuable "should be a number") 23))) => 65
(with-exception-handler (lambda (e) 'ignore) (lambda () (raise 'oops))) => error
(with-exception-handler (lambda (e) 'ignore) (lambda () (error "oops"))) => error
(with-exception-handler (lambda (e) 10) (lambda () 5)) => 5
(call-with-values (lambda () (with-exception-handler (lambda (e) 10) (lambda () (values 1 2)))) list) => (1 2)
(call-with-values (lambda () (with-exception-handler (lambda (e) (values e 2)) (lambda () (raise-continuable 1)))) list) => (1 2)
(with-exception-handler (lambda (e) (* e 2)) (lambda () (with-exception-handler (lambda (e) (+ 1 (raise-continuable (+ e 1)))) (lambda () (raise-continuable 1))))) => 5
(call/cc (lambda (k) (with-exception-handler (lambda (e) (k (list 'outer e))) (lambda () (with-exception-handler (lambda (e) (raise (list 'inner e))) (lambda () (raise 'x))))))) => (outer (inner x))
(let ((l '())) (with-exception-handler (lambda (e) (set! l (cons e l)) 0) (lambda () (+ (raise-continuable 1) (raise-continuable 2)))) (length l)) => 2
(raise 'x) => raised x
(raise 42) => raised 42
(raise (list 1 2)) => raised (1 2)
(raise-continuable 'x) => raised x
(raise #f) => raised #f
(raise "a") => raised "a"
(with-exception-handler 5 (lambda () 1)) => error
(with-exception-handler (lambda (e) 1) 5) => error
(with-exception-handler (lambda (e) 1)) => error
(raise) => error
(raise 1 2) => error
(guard (e ((symbol? e) (list 'sym e))) (with-exception-handler (lambda (e) (raise 'from-handler)) (lambda () (raise 'original)))) => (sym from-handler)
(with-exception-handler (lambda (e) 1) (lambda () (guard (e2 (#f 2)) (+ 10 (raise-continuable 'x))))) => 11
(let ((p (make-parameter 0))) (with-exception-handler (lambda (e) (p)) (lambda () (parameterize ((p 1)) (raise-continuable 'x))))) => 1
(let ((p (make-parameter 0))) (guard (e (#t (p))) (parameterize ((p 1)) (raise 'x)))) => 0
; what handlers see: the outer handlers, and the rest of the dynamic state of the raise
(with-exception-handler (lambda (e) (list 'outer e)) (lambda () (with-exception-handler (lambda (e) (list 'inner (raise-continuable (list 'again e)))) (lambda () (list 'body (raise-continuable 1)))))) => (body (inner (outer (again 1))))
(let ((l '()))
  (call/cc (lambda (k)
    (with-exception-handler
      (lambda (e) (set! l (cons (if (error-object? e) 'secondary e) l)) (k 1))
      (lambda () (with-exception-handler (lambda (e) (set! l (cons e l)) 'ignored) (lambda () (raise 'first)))))))
  (reverse l)) => (first secondary)
(let ((l '()))
  (call/cc (lambda (k)
    (with-exception-handler
      (lambda (e) (set! l (cons (list 'outer e) l)) (k 1))
      (lambda () (with-exception-handler (lambda (e) (set! l (cons (list 'inner e) l)) (raise 'second)) (lambda () (raise 'first)))))))
  (reverse l)) => ((inner first) (outer second))
(with-exception-handler (lambda (e) (with-exception-handler (lambda (e2) (list 'nested e2 e)) (lambda () (raise-continuable 'b)))) (lambda () (raise-continuable 'a))) => (nested b a)
(let ((l '()))
  (let ((r (with-exception-handler
             (lambda (e) (set! l (cons (list 'handler e) l)) 42)
             (lambda ()
               (guard (e ((string? e) 'no))
                 (dynamic-wind (lambda () (set! l (cons 'in l)))
                               (lambda () (let ((v (raise-continuable 'sym))) (set! l (cons (list 'back v) l)) v))
                               (lambda () (set! l (cons 'out l)))))))))
    (list r (reverse l)))) => (42 (in out in (handler sym) (back 42) out))
(let ((p (make-parameter 0))) (with-exception-handler (lambda (e) (list 'p (p))) (lambda () (guard (e (#f 1)) (parameterize ((p 1)) (raise-continuable 'x)))))) => (p 1)
(let ((p (make-parameter 0))) (guard (e (#t (list (p) e))) (parameterize ((p 3)) (raise 'x)))) => (0 x)
(with-exception-handler (lambda (e) (values 1 2)) (lambda () (begin (raise-continuable 'x) 'ok))) => ok
(with-exception-handler (lambda (e) (values 1 2)) (lambda () (+ 1 (raise-continuable 'x)))) => error
(call-with-values (lambda () (guard (e (#t (values 1 2 3))) (raise 1))) list) => (1 2 3)
(call-with-values (lambda () (guard (e (#t 1)) (values 1 2))) list) => (1 2)
(guard (e (else 'else)) (raise 'x)) => else
(guard (e ((begin #f) 1) (else (list 'no e))) (raise 'x)) => (no x)
(guard (e) (raise 'x)) => raised x
(guard (e (#f 1)) (+ 1 (car 5))) => error
(let ((k #f) (n 0) (l '()))
  (let ((r (guard (e (#t (list e (call/cc (lambda (c) (set! k c) 0))))) (raise 'x))))
    (set! l (cons r l))
    (set! n (+ n 1))
    (if (< n 3) (k n) (reverse l)))) => ((x 0) (x 1) (x 2))
(let ((k #f) (n 0) (l '()))
  (let ((r (with-exception-handler (lambda (e) (call/cc (lambda (c) (set! k c) 0))) (lambda () (+ 10 (raise-continuable 'x))))))
    (set! l (cons r l))
    (set! n (+ n 1))
    (if (< n 3) (k n) (reverse l)))) => (10 11 12)

; error and its parts
(guard (e (#t (list (error-object? e) (error-object-message e) (error-object-irritants e)))) (error "message" 1 "two" 'three)) => (#t "message" (1 "two" three))
(guard (e (#t (error-object-irritants e))) (error "message")) => ()
(guard (e (#t (error-object-message e))) (error "")) => ""
(guard (e (#t (eq? 'b (cadr (error-object-irritants e))))) (error "m" 'a 'b)) => #t
(error "x") => error
(error-object? 'x) => #f
(error-object? "message") => #f
(error-object? (guard (e (#t e)) (error "x"))) => #t
(error-object? (guard (e (#t e)) (car 5))) => #t
(error-object? (guard (e (#t e)) (vector-ref (vector 1) 5))) => #t
(error-object? (guard (e (#t e)) (raise 5))) => #f
(string? (guard (e (#t (error-object-message e))) (car 5))) => #t
(list? (guard (e (#t (error-object-irritants e))) (car 5))) => #t
(error-object-message 'x) => error
(error-object-irritants 5) => error
(error) => error
(map (lambda (p?) (p? (guard (e (#t e)) (error "x")))) (list pair? symbol? string? procedure? vector? number? boolean? null? char? bytevector? port?)) => (#f #f #f #f #f #f #f #f #f #f #f)

; read-error?, file-error?
(guard (e (#t (list (read-error? e) (file-error? e) (error-object? e)))) (read (open-input-string "(1 2"))) => (#t #f #t)
(guard (e (#t (read-error? e))) (read (open-input-string ")"))) => #t
(guard (e (#t (read-error? e))) (read (open-input-string "#<x>"))) => #t
(guard (e (#t (list (read-error? e) (file-error? e) (error-object? e)))) (open-input-file "/no/such/file")) => (#f #t #t)
(guard (e (#t (file-error? e))) (open-output-file "/no/such/folder/file")) => #t
(guard (e (#t (file-error? e))) (delete-file "/no/such/file")) => #t
(guard (e (#t (file-error? e))) (call-with-input-file "/no/such/file" car)) => #t
(guard (e (#t (file-error? e))) (with-output-to-file "/no/such/folder/file" (lambda () 1))) => #t
(read-error? 5) => #f
(file-error? 'x) => #f
(guard (e (#t (list (read-error? e) (file-error? e)))) (error "x")) => (#f #f)
(guard (e (#t (list (read-error? e) (file-error? e)))) (car 1)) => (#f #f)

; errors of the system can be caught and gone on from
(guard (e ((error-object? e) 'caught)) (vector-ref (vector 1 2) 2)) => caught
(guard (e ((error-object? e) 'caught)) ((lambda (x) x))) => caught
(guard (e ((error-object? e) 'caught)) (5 5)) => caught
(guard (e ((error-object? e) 'caught)) (+ 1 "a")) => caught
(guard (e ((error-object? e) 'caught)) (/ 1 0)) => caught
(let ((n 0)) (dynamic-wind (lambda () (set! n (+ n 1))) (lambda () (guard (e (#t (set! n (+ n 10)))) (car 1))) (lambda () (set! n (+ n 100)))) n) => 111
(let loop ((i 0) (n 0)) (if (= i 100) n (loop (+ i 1) (+ n (guard (e (#t 1)) (vector-ref (vector) i)))))) => 100
