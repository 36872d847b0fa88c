"""What people would use instead, restated so that it runs beside Claimdesk on the same data. Nothing imports this but
``eval.side_by_side``; what it needs beyond the product comes with ``pip install 'claimdesk[bench]'``.
"""
