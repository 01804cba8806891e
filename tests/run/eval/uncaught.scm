;; An uncaught error in evaluated code is shown at the call of `eval`, with the procedures in between.
(import (scheme base) (scheme eval))
(define (run)
  (+ 1 (eval '(let ((f (lambda (x) (+ 1 (car x))))) (+ 1 (f 5))) (environment '(scheme base)))))
(run)
;; error: car: argument 1 must be a pair, but is 5
;; error: uncaught.scm:4:8
