(import (scheme base))
(define-syntax my-define define)
(my-define x 4)
(let-syntax ((si if)) (si #t x 0))
;; value: 4
