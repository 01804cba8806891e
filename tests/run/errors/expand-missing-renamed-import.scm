;; error: `car` is not in this import set
;; error: did you mean `bcar`?
;; error: `conz` is not exported by (scheme base)
;; status: 65
(import (only (prefix (scheme base) b) car) (rename (scheme base) (conz c)))
