;; error: (1 two "three")
(import (scheme base))
(raise (list 1 'two "three"))
