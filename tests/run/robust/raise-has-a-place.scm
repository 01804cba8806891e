;; error: uncaught object raised: boom
;; error: raise-has-a-place.scm:5:16
(import (scheme base) (scheme write))
(define (g x) (go x) 1)
(define (go l) (raise 'boom))
(display (g 1))
