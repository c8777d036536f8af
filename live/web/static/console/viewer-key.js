/** The key by which a viewer is blocked; null where a platform hides who it is. */
export function viewerKey({ platform, user }) {
  if (user.weak) return null;
  return user.id ? `${platform}/id/${user.id}` : `${platform}/name/${user.name}`;
}
