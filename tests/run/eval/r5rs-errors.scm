;; What the R5RS environments lack, and versions that do not exist.
(import (scheme base) (scheme write) (only (scheme r5rs) eval null-environment scheme-report-environment))
(define (try thunk)
  (guard (e ((error-object? e) (display (error-object-message e)) (newline)))
    (write (thunk))
    (newline)))
(try (lambda () (eval '(car '(1)) (null-environment 5))))
(try (lambda () (eval '(vector-map car '#((1))) (scheme-report-environment 5))))
(try (lambda () (eval '(define x 1) (scheme-report-environment 5))))
(try (lambda () (null-environment 7)))
(try (lambda () (scheme-report-environment "5")))
;; output: unbound variable `car`
;; output: unbound variable `vector-map`
;; output: definition of `x` in an environment that cannot be changed
;; output: null-environment: argument 1 must be from 5 to 5, but is 7
;; output: scheme-report-environment: argument 1 must be an exact integer, but is "5"
