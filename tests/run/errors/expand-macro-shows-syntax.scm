;; A syntax object in a message shows its form and its place.
;; error: no good: #<syntax (m (a . "b") #(1 2)) at 
;; error: shows-syntax.scm:7> #<syntax (0 1 2 3 4 5 6 7 8 9 10 11 12 13 …) at 
;; status: 65
(import (scheme base) (kestrel syntax-case))
(define-syntax m (lambda (stx) (error "no good:" stx #'(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20))))
(m (a . "b") #(1 2))
