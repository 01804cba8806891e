(import (scheme base))
(define-syntax my-cond
  (syntax-rules (else)
    ((_) 'none)
    ((_ (else e)) e)
    ((_ (c e) r ...) (if c e (my-cond r ...)))))
(list (my-cond (#f 1) (else 2)) (let ((else #f)) (my-cond (#f 1) (else 2))))
;; value: (2 none)
