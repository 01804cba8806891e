(import (scheme base))
(define-syntax for
  (syntax-rules (in) ((_ x in l b ...) (for-each (lambda (x) b ...) l))))
(let ((sum 0) (l 100)) (for x in '(1 2 3) (set! sum (+ sum x))) (list sum l))
;; value: (6 100)
