;; error: bytevector-u8-ref
;; error: 9
(import (scheme base))
(define (at s i) (bytevector-u8-ref s i))
(list (at (bytevector 1 2 3) 9))
