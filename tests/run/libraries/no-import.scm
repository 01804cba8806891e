(define p (delay (string-upcase "abc")))
(list (force p) (exact (truncate (sqrt 17))))
;; value: ("ABC" 4)
