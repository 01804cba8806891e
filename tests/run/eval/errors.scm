;; What is wrong with evaluated code is raised as an error object in the running program.
(import (scheme base) (scheme write) (scheme eval) (scheme repl))

(define env (environment '(scheme base)))
(define (try expression where)
  (guard (e ((error-object? e) (display (error-object-message e)) (newline))
            (#t (display "raised ") (write e) (newline)))
    (write (eval expression where))
    (newline)))

(try '(if) env)
(try '(no-such-variable 1) env)
(try '(define x 1) env)
(try '(define-syntax x (syntax-rules ())) env)
(try '(define-record-type r (mk) r?) env)
(try '(begin 1 (define x 1)) env)
(try '(set! car 1) env)
(try '(import (scheme write)) env)
(try '() env)
(try '(car 5) env)
(try '(raise 'mine) env)
(try '(let ((x 1) (x 2)) x) env)
(try '(1 . 2) env)
(try '1 'no-environment)
(try '(no-such-variable 1) (interaction-environment))
(guard (e ((error-object? e) (display (error-object-message e)) (newline)))
  (environment '(no such library)))
(guard (e ((error-object? e) (display (error-object-message e)) (newline)))
  (environment '(only (scheme base) no-such-name)))
(guard (e ((error-object? e) (display "clash") (newline)))
  (environment '(rename (only (scheme base) car cdr) (car cdr))))
(display (eval '(+ 1 1) env))
(newline)
;; output: bad syntax in `if`: (if)
;; output: unbound variable `no-such-variable`
;; output: definition of `x` in an environment that cannot be changed
;; output: definition of `x` in an environment that cannot be changed
;; output: definition of `r` in an environment that cannot be changed
;; output: definition of `x` in an environment that cannot be changed
;; output: `car` is imported and cannot be assigned
;; output: import in an environment that cannot be changed: (import (scheme write))
;; output: an empty combination is no expression
;; output: car: argument 1 must be a pair, but is 5
;; output: raised mine
;; output: duplicate variable `x`
;; output: a procedure call must be a proper list: (1 . 2)
;; output: eval: argument 2 must be an environment, but is no-environment
;; output: variable no-such-variable has no value
;; output: library (no such library) not found
;; output: `no-such-name` is not exported by (scheme base)
;; output: clash
;; output: 2
