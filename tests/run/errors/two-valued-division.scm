;; What fails in `floor/` and `truncate/` is told in their names.
;; value: ("floor/: argument 2 must be an integer other than 0, but is 0" "truncate/: argument 2 must be an integer other than 0, but is 0.0" "floor/: argument 1 must be an integer, but is 1.5" "truncate/: argument 2 must be an integer other than 0, but is a")
(define (message thunk)
  (guard (e ((error-object? e) (error-object-message e))) (thunk)))
(list (message (lambda () (floor/ 1 0)))
      (message (lambda () (truncate/ 1 0.0)))
      (message (lambda () (floor/ 1.5 1)))
      (message (lambda () (truncate/ 1 'a))))
