(define-library (support lib shapes)
  (export area (rename make-square square) with-side)
  (import (scheme base) (support lib deep constants))
  (include "shapes-body.scm")
  (begin
    (define-syntax with-side
      (syntax-rules () ((_ (name s) body) (let ((name (side s))) body))))))
