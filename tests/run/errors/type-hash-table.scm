;; error: hash-table-set!
;; error: hash table
(import (scheme base) (srfi 69))
(define (put t) (hash-table-set! t 1 2))
(put (list 1))
