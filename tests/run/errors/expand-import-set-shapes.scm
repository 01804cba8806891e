;; error: (prefix import-set identifier)
;; error: (rename import-set (name new-name) …)
;; error: `car` is renamed twice
;; error: first one
;; error: (only import-set identifier …)
;; status: 65
(import (prefix (scheme base) a b)
        (rename (scheme base) car)
        (rename (scheme base) (car a) (car b))
        (only (scheme base) "car"))
