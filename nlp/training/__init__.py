"""The training of the small model beside the rules; nothing here runs in the service."""
