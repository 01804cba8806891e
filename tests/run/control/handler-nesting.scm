;; A handler runs with the outer handlers installed.
;; value: (inner outer)
(import (scheme base))
(define trace '())
(define (note x) (set! trace (cons x trace)))
(with-exception-handler
  (lambda (e) (note 'outer) 1)
  (lambda ()
    (with-exception-handler
      (lambda (e) (note 'inner) (raise-continuable e))
      (lambda () (raise-continuable 'x)))))
(reverse trace)
