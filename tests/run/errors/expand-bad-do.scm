;; error: a variable of `do` must have the shape (variable init step)
;; status: 65
(import (scheme base))
(do ((i 0 1 2)) (#t) 1)
