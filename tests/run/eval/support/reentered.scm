(note (call/cc (lambda (k) (set! again k) 'first)))
(note 'last)
