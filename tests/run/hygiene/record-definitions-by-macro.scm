(import (scheme base))
(define-syntax def-point
  (syntax-rules () ((_ make x y) (define-record-type point (make x y) point? (x x) (y y)))))
(def-point mk px py)
(def-point mk2 qx qy)
(list (px (mk 1 2)) (qy (mk2 3 4)))
;; value: (1 4)
