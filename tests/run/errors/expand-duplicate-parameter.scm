;; error: duplicate parameter `x`
;; status: 65
(import (scheme base))
(lambda (x y x) y)
