;; error: `n` is a run-time variable: it has no value while macros are expanded
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-syntax m
  (lambda (stx)
    (let ((n 1))
      (let-syntax ((inner (lambda (s) (list n))))
        (inner)))))
(m)
