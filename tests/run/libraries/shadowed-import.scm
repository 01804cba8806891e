(import (scheme base))
(define (square x) (list 'my x))
(square 3)
;; value: (my 3)
