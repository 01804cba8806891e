;; value: ((1 3 5 4 a) #(1 2 3) (a ,(+ 1 2)) (1 `(b ,(c 3))))
(import (scheme base))
(let ((x 3) (l '(5 4)))
  (list `(1 ,x ,@l a) `#(1 ,@'(2 3)) '(a ,(+ 1 2)) `(1 `(b ,(c ,x)))))
