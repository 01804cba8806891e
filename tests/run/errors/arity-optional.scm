;; error: least
;; error: at least 2
(import (scheme base))
(define (least a b . r) (list a b r))
(define (call f) (f 1))
(list (call least))
