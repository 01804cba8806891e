(define-library (c)
  (export answer)
  (cond-expand
    ((and (library (scheme base)) (not (library (no such)))) (import (scheme base)))
    (else (import (no such))))
  (cond-expand
    (no-such-feature (begin (define answer 'wrong)))
    ((or kestrel no-such-feature) (begin (define answer 'right)))))
(import (scheme base) (c))
answer
;; value: right
